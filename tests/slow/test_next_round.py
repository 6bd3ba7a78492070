"""The next round: what did not change is not transferred again; edits and deletions are on record; a sweep goes back further."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator

from duwang.flow.inspection import inspect
from duwang.flow.registry import load
from duwang.flow.settings import Settings
from duwang.model.period import Span
from kit.one_site import CODE, TEXT, ledger
from kit.web import Asked, Reply, Web, page, serve

pytestmark = pytest.mark.slow


def run(web: Web, tmp_path: Path, name: str, as_of: date, **more: Any) -> Path:
    settings = Settings(out=tmp_path / name, as_of=as_of, delay=0, allow_loopback=True, documents=False, registry_text="x",
                        check_links=False, checks=("privacy",), **more)  # fmt: skip
    inspect(load(str(ledger(tmp_path / "ledger", web.root + "/"))), settings, progress=lambda message: None)
    return tmp_path / name


class Press:
    """Ten articles with ETags, which can be edited and withdrawn."""

    def __init__(self) -> None:
        self.extra: dict[int, str] = {}
        self.gone: set[int] = set()

    def __call__(self, asked: Asked) -> Reply | str | None:
        rows = "".join(
            f"<li><a href='/news/{n}.html'>关于第{n}号事项的通知</a><span>2024-09-2{n}</span></li>" for n in range(8)
        )
        if asked.path in ("/", "/news/"):
            return page("动态要闻", f"<ul class='list'>{rows}</ul><a href='/news/'>动态要闻</a>")
        if asked.path.startswith("/news/") and (n := int(asked.path[6:-5])) not in self.gone:
            title = f"关于第{n}号事项的通知"
            body = f"<h1>{title}</h1><div>发布日期：2024-09-2{n}</div><div class='content'>{TEXT}第{n}号。{self.extra.get(n, '')}</div>"
            tag = f'"{n}-{len(self.extra.get(n, ""))}"'
            if asked.headers.get("If-None-Match") == tag:
                return Reply(status=304, headers={"ETag": tag})
            return Reply(page(title, body).encode(), headers={"ETag": tag})
        return None


def _lines(path: Path) -> dict[str, dict[str, Any]]:
    return {line["url"]: line for line in map(json.loads, path.read_text("utf-8").splitlines())}


def test_only_what_changed_is_transferred_and_everything_is_recorded(tmp_path: Path) -> None:
    press = Press()
    press.extra[1] = "张某某，身份证号码530999199003070071。"
    with serve(press) as web:
        first = run(web, tmp_path, "1", date(2024, 9, 29))
        press.extra[2] = "改动过的内容。"
        press.gone.add(3)
        web.asked.clear()
        second = run(web, tmp_path, "2", date(2024, 9, 30), previous=first)
        conditional = [one for one in web.asked if "If-None-Match" in one.headers]
        plain = run(web, tmp_path, "plain", date(2024, 9, 30))
    assert len(conditional) == 9  # 8 articles, the one that is gone asked for twice
    with (second / "vault" / "captures.warc.gz").open("rb") as file:
        kinds = [
            record.rec_type
            for record in ArchiveIterator(file)
            if "/news/" in record.rec_headers["WARC-Target-URI"]
            and record.rec_headers["WARC-Target-URI"].endswith("html")
        ]
    assert kinds.count("revisit") >= 5
    assert kinds.count("response") <= 4
    for name in ("verdicts.json", "outcomes.jsonl", "coverage.json"):
        assert (second / name).read_bytes() == (plain / name).read_bytes(), name
    history = _lines(second / "page-history.jsonl")
    kept, edited, gone = (history[f"{web.root}/news/{n}.html"] for n in (1, 2, 3))
    assert (kept["first_seen"], kept["last_seen"], len(kept["versions"])) == ("2024-09-29", "2024-09-30", 1)
    assert [version["silent"] for version in edited["versions"]] == [False, True]
    assert edited["versions"][1]["published"] == "2024-09-22"
    assert (gone["state"], gone["deleted"], gone["last_seen"]) == ("deleted", "2024-09-30", "2024-09-29")


def test_a_sweep_goes_back_further_than_the_period_and_can_be_continued(tmp_path: Path) -> None:
    span = Span.parse("2024-10")
    with serve(Press()) as web:
        narrow = run(web, tmp_path, "narrow", date(2024, 10, 30), period=span)
        assert not [one for one in web.asked if one.path.startswith("/news/2")]
        since = run(web, tmp_path, "since", date(2024, 10, 30), period=span, since=date(2024, 9, 25))
        assert {one.path for one in web.asked if one.path.endswith("/7.html")} == {"/news/7.html"}
        assert "/news/2.html" not in web.paths()
        part = run(web, tmp_path, "all", date(2024, 10, 30), period=span, everything=True, max_pages=5)
        assert _coverage(part)["pages"]["failed"] == {"达到页数上限，没有读取": 5}
        whole = run(web, tmp_path, "all", date(2024, 10, 30), period=span, everything=True, max_pages=50, resume=True)
    assert _coverage(narrow)["pages"]["known"] == 2
    assert _coverage(since)["pages"]["read"] == 5
    assert _coverage(whole)["pages"] == {"known": 10, "read": 10, "failed": {}}


def _coverage(out: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((out / "coverage.json").read_text("utf-8"))[f"site/{CODE}"]
    return found
