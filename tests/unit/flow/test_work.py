"""The durable state: nothing is lost or doubled, and the smaller spelling wins whoever came first."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

from duwang.flow.work import NewPage, WorkStore


def _page(key: str, url: str, level: int = 1) -> NewPage:
    return NewPage(key, url, "article", level)


def test_the_order_of_discovery_does_not_matter(tmp_path: Path) -> None:
    found = [
        _page("a", "http://x/a/index.html"),
        _page("a", "http://x/a/"),
        _page("b", "http://x/b"),
        _page("a", "http://x/a/", 2),
    ]
    seen = set()
    for n, order in enumerate(permutations(found[:3])):
        store = WorkStore(tmp_path / f"{n}.sqlite")
        store.add_pages("site/1", [*order, found[3]])
        seen.add(tuple((row.key, row.url, row.level) for row in store.pending("site/1", 1)))
        store.close()
    assert seen == {(("a", "http://x/a/", 1), ("b", "http://x/b", 1))}


def test_what_was_not_committed_is_pending_again(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite"
    store = WorkStore(path)
    store.add_pages("site/1", [_page("a", "http://x/a"), _page("b", "http://x/b")])
    store.finish("site/1", "a", {"ok": True})
    store.commit(vault_position=120)
    store.finish("site/1", "b", {"ok": True})
    store._db.close()  # as a kill would

    again = WorkStore(path)
    assert [row.key for row in again.pending("site/1", 1)] == ["b"]
    assert again.meta("vault") == "120"
    again.close()


def test_every_commit_notes_how_much_of_the_vault_it_stands_on(tmp_path: Path) -> None:
    path, written = tmp_path / "state.sqlite", 120
    store = WorkStore(path)
    store.tie_to(lambda: written)
    store.add_pages("site/1", [_page("a", "http://x/a"), _page("b", "http://x/b")])
    store.finish("site/1", "a", {"ok": True})
    store.commit()  # as the walk over another site's links does
    assert store.meta("vault") == "120"
    written = 250
    store.finish("site/1", "b", {"ok": True})
    store.close()  # as an interrupted run does

    again = WorkStore(path)
    assert (again.meta("vault"), again.pending("site/1", 1)) == ("250", [])
    again.close()


def test_only_failures_are_asked_for_again(tmp_path: Path) -> None:
    store = WorkStore(tmp_path / "state.sqlite")
    store.add_pages("site/1", [_page("a", "http://x/a"), _page("b", "http://x/b")])
    store.finish("site/1", "a", {"ok": True})
    store.finish("site/1", "b", {"ok": False})
    assert store.reopen("site/1") == 1
    assert [row.key for row in store.pending("site/1", 1)] == ["b"]
    store.close()


def test_a_page_already_read_is_never_skipped(tmp_path: Path) -> None:
    store = WorkStore(tmp_path / "state.sqlite")
    store.add_pages("site/1", [_page("a", "http://x/a"), _page("b", "http://x/b")])
    store.finish("site/1", "a", {"ok": True})
    store.skip("site/1", ["a", "b"], why="budget")
    assert store.count("site/1", state="done") == 1
    assert store.count("site/1", state="budget") == 1
    store.close()
