"""The first-seen clock of pages: moved dates and back-filled ones are noticed, rebuilt columns and unread pages are not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from duwang.checks.check import all_checks
from duwang.flow.folder import Folder
from duwang.flow.looking import Looker
from duwang.flow.pageclock import PageClock
from duwang.model.findings import Outcome, Status
from duwang.model.material import Document, Item
from duwang.model.refs import page_ref

SITE = "site/5399210001"
COLUMN = f"{SITE}/column/aaaaaaaaaa"
READ_ON = date(2024, 6, 30)


def address(n: int) -> str:
    return f"http://127.0.0.1/dt/{n}.html"


@pytest.fixture
def previous(tmp_path: Path) -> Folder:
    """The round of the second quarter: page 1 read, page 2 met and not read, the column's list read."""
    folder = Folder(tmp_path)
    folder.write_json("run.json", {"as_of": READ_ON, "complete": True, "period": {"start": "2024-04-01"}})
    folder.write_lines("outcomes.jsonl", [Outcome(COLUMN, "update/column-stale", Status.CLEAN)])
    folder.write_lines(
        "pages.jsonl",
        [{"ref": page_ref(SITE, address(1)), "state": "read"}, {"ref": page_ref(SITE, address(2)), "state": "打不开"}],
    )
    life = {"ref": page_ref(SITE, address(1)), "url": address(1), "first_seen": "2024-06-30", "last_seen": "2024-06-30",
            "versions": [{"seen": "2024-06-30", "sha256": "a", "title": "稿件", "published": "2024-10-08"}]}  # fmt: skip
    folder.write_lines("page-history.jsonl", [life])
    return folder


def page(n: int, printed: date | None, column: str = COLUMN) -> Document:
    return Document(url=address(n), owner=SITE, ref=page_ref(SITE, address(n)), column=column, published=printed)


def test_only_articles_have_a_date_of_their_own(previous: Folder) -> None:
    for kind in ("list", "home"):
        assert kinds(PageClock.of(previous), replace(page(9, date(2024, 6, 1)), kind=kind)) == []


def kinds(clock: PageClock, document: Document) -> list[str]:
    looker = Looker((all_checks()["update/date-forged"],), {}, date(2024, 9, 30), clock)
    found = looker.look(document, place="site")["drafts"].get("update/date-forged", [])
    return [one["facts"]["kind"] for one in found]


@pytest.mark.parametrize(
    ("n", "printed", "told"),
    [
        (1, date(2024, 6, 20), []),
        (1, date(2024, 7, 1), []),
        (1, date(2024, 7, 2), ["旧稿改期"]),
        (1, date(2024, 10, 8), []),
        (9, date(2024, 6, 26), ["补发倒填"]),
        (9, date(2024, 6, 27), []),
        (9, date(2024, 4, 1), ["补发倒填"]),
        (9, date(2024, 3, 31), []),
        (9, date(2024, 7, 1), []),
        (9, None, []),
        (2, date(2024, 5, 1), []),
    ],
)
def test_what_the_clock_says_of_a_page(previous: Folder, n: int, printed: date | None, told: list[str]) -> None:
    assert kinds(PageClock.of(previous), page(n, printed)) == told


def test_a_column_that_was_not_read_proves_nothing(previous: Folder) -> None:
    clock, on = PageClock.of(previous), date(2024, 5, 1)
    assert kinds(clock, page(9, on, column="")) == [] == kinds(clock, page(9, on, column=f"{SITE}/column/b"))
    assert kinds(PageClock.of(None), page(9, on)) == []
    previous.write_json("run.json", {**previous.run(), "complete": False})
    assert kinds(PageClock.of(previous), page(9, on)) == []


@pytest.mark.parametrize(("unknown", "known", "opened"), [(1, 0, 1), (4, 0, 4), (5, 0, 0), (5, 5, 5), (6, 5, 0)])
def test_items_filled_in_are_opened_but_a_rebuilt_column_is_not(
    previous: Folder, unknown: int, known: int, opened: int
) -> None:
    refs = [{"ref": page_ref(SITE, address(100 + n)), "state": "read"} for n in range(known)]
    previous.write_lines("pages.jsonl", refs)
    numbers = [*range(unknown), *range(100, 100 + known)]
    items = [Item(address(n), "稿件", date(2024, 5, 2)) for n in numbers]
    items += [Item(address(500), "更早", date(2024, 3, 1)), Item(address(501), "没有日期", None)]
    late = PageClock.of(previous).filled_in(COLUMN, items)
    assert late == frozenset(address(n) for n in numbers[:opened])
