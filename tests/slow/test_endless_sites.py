"""Sites that never end: the run does, and what matters is still read."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from duwang.flow.inspection import inspect
from duwang.flow.registry import load
from duwang.flow.settings import Settings
from kit.one_site import CODE, TEXT, ledger
from kit.web import Asked, Reply, page, serve

pytestmark = pytest.mark.slow


def run(root: str, tmp_path: Path, **more: Any) -> dict[str, Any]:
    """Coverage of the inspected site."""
    settings = Settings(out=tmp_path / "out", as_of=date(2024, 9, 30), delay=0, allow_loopback=True, documents=False, registry_text="x",
                        check_links=False, **more)  # fmt: skip
    inspect(load(str(ledger(tmp_path / "ledger", root + "/"))), settings, progress=lambda message: None)
    found: dict[str, Any] = json.loads((tmp_path / "out" / "coverage.json").read_text("utf-8"))[f"site/{CODE}"]
    return found


def _article(n: int) -> str:
    return page(
        f"关于第{n}号事项的通知",
        f"<h1>关于第{n}号事项的通知</h1><div>发布日期：2024-09-2{n % 10}</div><div class='content'>{TEXT}第{n}号。</div>",
    )


def _list(items: range, more: str = "") -> str:
    rows = "".join(
        f"<li><a href='/news/{n}.html'>关于第{n}号事项的通知</a><span>2024-09-2{n % 10}</span></li>" for n in items
    )
    return page("动态要闻", f"<ul class='list'>{rows}</ul>{more}")


def _base(asked: Asked) -> str | None:
    path = asked.path
    if path == "/":
        return page(
            "首页",
            "<a href='/news/'>动态要闻</a><a href='/cal?y=2024&m=9'>日历</a><a href='/list?id=1'>目录</a><a href='/m/'>镜像</a>",
        )
    if path == "/news/":
        return _list(range(10))
    if path.startswith("/news/") and path.endswith(".html"):
        return _article(int(path[6:-5]))
    return None


def test_a_calendar_without_end(tmp_path: Path) -> None:
    def answer(asked: Asked) -> str | None:
        if asked.path.startswith("/cal"):
            year, month = (int(part.partition("=")[2]) for part in asked.path.partition("?")[2].split("&")[:2])
            links = "".join(
                f"<a href='/cal?y={year + dy}&m={m}'>{year + dy}年{m}月</a>"
                for dy in range(-9, 10)
                for m in range(1, 13)
            )
            return page(f"{year}年{month}月日程", f"<h1>{year}年{month}月</h1>{links}")
        return _base(asked)

    with serve(answer) as web:
        seen = run(web.root, tmp_path, max_pages=1000)
        asked = sum(path.startswith("/cal") for path in web.paths())
        read = sum(path.startswith("/news/") for path in web.paths())
    assert asked <= 240
    assert read == 11
    assert any("无穷无尽" in note for note in seen["notes"])
    assert seen["seen"] > 0.9


def test_session_numbers_make_no_new_pages(tmp_path: Path) -> None:
    count = iter(range(100_000))

    def answer(asked: Asked) -> str | None:
        if asked.path.startswith("/list"):
            return page(
                "目录", "".join(f"<a href='/list;jsessionid={next(count):032X}?id={n}'>目录{n}</a>" for n in range(5))
            )
        return _base(asked)

    with serve(answer) as web:
        run(web.root, tmp_path)
        lists = [path for path in web.paths() if path.startswith("/list")]
    assert sorted(lists) == [f"/list?id={n}" for n in range(5)]


def test_sort_orders_and_mirrored_paths(tmp_path: Path) -> None:
    def answer(asked: Asked) -> str | None:
        if asked.path.startswith("/list"):
            orders = "".join(
                f"<a href='/list?id=1&sort={key}&dir={way}'>按{key}</a>"
                for key in ("date", "title", "hits")
                for way in ("asc", "desc")
            )
            return page("目录", orders)
        if asked.path.startswith("/m/"):
            return page("镜像", f"<a href='{asked.path}m/'>往下</a><a href='{asked.path}x/m/'>往下</a>")
        return _base(asked)

    with serve(answer) as web:
        run(web.root, tmp_path)
        paths = web.paths()
    assert [path for path in paths if path.startswith("/list")] == ["/list?id=1"]
    assert sum(path.startswith("/m/") for path in paths) < 12


def test_a_list_that_repeats_its_last_page_for_ever(tmp_path: Path) -> None:
    def answer(asked: Asked) -> str | None:
        if asked.path.startswith("/news/?p=") or asked.path == "/news/":
            number = int(asked.path.partition("=")[2] or 1)
            shown = min(number, 3)
            return _list(range(10 * shown - 10, 10 * shown), f"<a href='/news/?p={number + 1}'>下一页</a>")
        return _base(asked)

    with serve(answer) as web:
        run(web.root, tmp_path)
        lists = [path for path in web.paths() if path.startswith("/news/?p=")]
        read = {path for path in web.paths() if path.endswith(".html") and path.startswith("/news/")}
    assert len(read) == 30
    assert lists == ["/news/?p=2", "/news/?p=3", "/news/?p=4"]


def test_a_redirect_loop_fails_alone(tmp_path: Path) -> None:
    def answer(asked: Asked) -> Reply | str | None:
        if asked.path == "/news/3.html":
            return Reply(status=302, headers={"Location": "/news/3.html"})
        return _base(asked)

    with serve(answer) as web:
        seen = run(web.root, tmp_path)
    assert seen["pages"]["failed"]["跳转次数过多或循环跳转"] == 1


def test_a_long_column_does_not_use_up_the_budget_of_the_others(tmp_path: Path) -> None:
    columns = [
        ["网站标识码", "栏目名称", "栏目网址", "类别"],
        [CODE, "长", "{root}/long/", "动态要闻"],
        [CODE, "短", "{root}/short/", "通知公告"],
    ]

    def answer(asked: Asked) -> str | None:
        first = {"/long/": range(200), "/short/": range(500, 505)}.get(asked.path)
        return _list(first) if first is not None else _base(asked)

    with serve(answer) as web:
        rows = [[cell.format(root=web.root) for cell in row] for row in columns]
        registry = load(str(ledger(tmp_path / "ledger", web.root + "/", 栏目=rows)))
        settings = Settings(out=tmp_path / "out", as_of=date(2024, 9, 30), delay=0, allow_loopback=True, documents=False, registry_text="x",
                            check_links=False, max_pages=40)  # fmt: skip
        inspect(registry, settings, progress=lambda message: None)
        read = {int(path[6:-5]) for path in web.paths() if path.startswith("/news/") and path.endswith(".html")}
    assert set(range(500, 505)) <= read
    assert len(read) < 40
