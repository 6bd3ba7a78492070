"""A dead link is rectified when it opens or when it was taken away; a link that a sheet hides is not rectified while the sheet hides it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from duwang.flow.folder import Folder
from duwang.flow.inspection import inspect
from duwang.flow.rechecking import recheck
from duwang.flow.registry import load
from duwang.flow.settings import Settings
from kit.one_site import TEXT, ledger
from kit.web import Answer, Reply, page, serve

pytestmark = pytest.mark.slow
CSS = {"Content-Type": "text/css"}
GONE = "<a href='/gone.html'>没有了</a>"
HEAD = "<link rel=stylesheet href='/s.css'><div class='k'></div>"
HIDDEN = "<link rel=stylesheet href='/h.css'><div class='far'><a href='http://shop.example.invalid/'>便宜手表</a></div>"
FAR = Reply(b".far{position:absolute;left:-9999px}", headers=CSS)
BACK = Reply(b".k{background:url(/bg.png)}", headers=CSS)


def rechecked(tmp_path: Path, before: dict[str, Answer], after: dict[str, Answer], check: str) -> list[tuple[str, str]]:
    """(state, why) of every case of one check after the site changed."""
    pages: dict[str, Answer] = {"/news/": page("动态要闻", TEXT), **before}
    with serve(pages) as web:
        settings = Settings(out=tmp_path / "out", as_of=date(2024, 9, 30), delay=0, allow_loopback=True, documents=False,
                            registry_text=str(ledger(tmp_path / "ledger", web.root + "/")), checks=(check,))  # fmt: skip
        inspect(load(settings.registry_text), settings, progress=lambda message: None)
        for path in before:
            pages.pop(path)
        pages.update(after)
        folder = Folder(tmp_path / "out")
        lines = recheck(
            folder, ids=(), as_of=date(2024, 10, 15), delay=0, allow_loopback=True, progress=lambda message: None
        )
    return [(str(line["state"]), str(line["why"])) for line in lines]


@pytest.mark.parametrize(
    ("after", "state", "why"),
    [
        ({"/": page("首页", TEXT)}, "已整改", "失效链接已从页面上删除"),
        ({"/": page("首页", GONE), "/gone.html": page("有了", TEXT)}, "已整改", "链接已能打开"),
        ({"/": page("首页", GONE)}, "未整改", "链接仍打不开：服务器返回404"),
        ({"/": Reply(b"x", status=500)}, "不能判断", "页面不可访问"),
    ],
)
def test_a_dead_link(after: dict[str, Answer], state: str, why: str, tmp_path: Path) -> None:
    (told,) = rechecked(tmp_path, {"/": page("首页", GONE)}, after, "reach/broken-link")
    assert told[0] == state and told[1].startswith(why)


@pytest.mark.parametrize(("failures", "state"), [(0, "已整改"), (1, "已整改"), (2, "未整改")])
def test_only_two_failing_looks_leave_a_link_dead(failures: int, state: str, tmp_path: Path) -> None:
    looks = iter(range(9))
    wavering: dict[str, Answer] = {
        "/": page("首页", GONE),
        "/gone.html": lambda asked: page("有了", TEXT) if next(looks) >= failures else Reply(b"x", status=404),
    }
    (told,) = rechecked(tmp_path, {"/": page("首页", GONE)}, wavering, "reach/broken-link")
    assert told[0] == state


@pytest.mark.parametrize(
    ("after", "state"),
    [
        ({"/": page("首页", HEAD), "/s.css": BACK}, "未整改"),
        ({"/": page("首页", HEAD), "/s.css": Reply(b".k{color:red}", headers=CSS)}, "已整改"),
    ],
)
def test_a_picture_that_a_sheet_names(after: dict[str, Answer], state: str, tmp_path: Path) -> None:
    (told,) = rechecked(tmp_path, {"/": page("首页", HEAD), "/s.css": BACK}, after, "reach/broken-image")
    assert told[0] == state


@pytest.mark.parametrize(
    ("after", "state"),
    [
        ({"/": page("首页", HIDDEN), "/h.css": FAR}, "未整改"),
        ({"/": page("首页", HIDDEN), "/h.css": Reply(b".far{color:#333}", headers=CSS)}, "已整改"),
        ({"/": page("首页", TEXT)}, "已整改"),
    ],
)
def test_a_link_that_a_sheet_hides(after: dict[str, Answer], state: str, tmp_path: Path) -> None:
    (told,) = rechecked(tmp_path, {"/": page("首页", HIDDEN), "/h.css": FAR}, after, "security/hidden-link")
    assert told[0] == state
