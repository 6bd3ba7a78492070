"""Whole inspections of small awkward sites: home pages that lead on, paging until the period is covered, a last page that is
missing, and a list that only a script makes, with a browser and without one."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from click.testing import CliRunner

from duwang.capture.browser import browser_program
from duwang.cli import main
from duwang.flow import inspection
from unit.reading.office_files import id_number

pytestmark = pytest.mark.slow
_BODY = "<div class=con><p>县政府召开常务会议，研究部署春季造林和防汛备汛工作，审议了有关文件，并对下一步工作提出要求。</p></div>"

_KINDS = {"json": "application/json", "png": "image/png"}


def _html(inside: str) -> str:
    return f"<html><head><meta charset=utf-8><title>清溪县人民政府</title></head><body>{inside}<div class=footer>主办单位：清溪县人民政府办公室</div></body></html>"


def _list(days: list[str], pager: str = "") -> str:
    rows = "".join(f"<li><a href='/a/{d}.html'>县政府{d}常务会议召开</a><span>{d}</span></li>" for d in days)
    return _html(f"<ul class=list>{rows}</ul>{pager}")


def _articles(days: list[str]) -> dict[str, str]:
    return {
        f"/a/{d}.html": _html(f"<h1>县政府{d}常务会议召开</h1><div>发布时间：{d}</div>{_BODY}<a href=/>首页</a>")
        for d in days
    }


_MONTHS = [
    [f"2024-{month:02d}-{day:02d}" for month in months for day in (20, 10)]
    for months in ((9, 8), (7, 6), (5, 4), (3, 2))
]
_PAGED = {
    "/": "<html><head><meta http-equiv=refresh content='0;url=/portal/'></head></html>",
    "/portal/": _html("<div class=nav><a href=/xw/>政务要闻</a></div>"),
    **{
        f"/xw/index{f'_{n}' if n else ''}.html": _list(days, f"<script>createPageHTML(5,{n},'index','html')</script>")
        for n, days in enumerate(_MONTHS)
    },
    **_articles([d for days in _MONTHS for d in days]),
}
_PAGED["/xw/"] = _PAGED["/xw/index.html"]
_SCRIPTED = {
    "/": _html("<div class=nav><a href=/xw/>政务要闻</a></div>"),
    "/xw/": _html(
        "<ul id=l></ul><script>fetch('/d.json').then(r=>r.json()).then(d=>{document.getElementById('l').innerHTML=d.map(x=>"
        "'<li><a href=/a/'+x+'.html>县政府'+x+'常务会议召开</a><span>'+x+'</span></li>').join('')})</script>"
    ),
    "/d.json": json.dumps(_MONTHS[0]),
    **_articles(_MONTHS[0]),
}


@contextmanager
def _served(pages: Mapping[str, str | bytes]) -> Iterator[tuple[str, list[str]]]:
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            found = pages.get(self.path, b"")
            body = found.encode() if isinstance(found, str) else found
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", _KINDS.get(self.path.rpartition(".")[2], "text/html; charset=utf-8"))
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _inspected(pages: Mapping[str, str | bytes], folder: Path, *more: str) -> tuple[list[dict[str, Any]], list[str]]:
    """(outcomes, addresses that were asked)"""
    ledger = folder / "名录"
    ledger.mkdir()
    with _served(pages) as (root, asked):
        for name, rows in {
            "网站": [["网站标识码", "名称", "首页网址", "主办单位"], ["5399210001", "清溪县", f"{root}/", "清溪县人民政府办公室"]],
            "栏目": [["网站标识码", "栏目名称", "栏目网址", "类别"], ["5399210001", "政务要闻", f"{root}/xw/", "动态要闻"]],
        }.items():  # fmt: skip
            with (ledger / f"{name}.csv").open("w", encoding="utf-8-sig", newline="") as stream:
                csv.writer(stream).writerows(rows)
        done = CliRunner().invoke(
            main, ["inspect", str(ledger), "--out", str(folder / "结果"), "--delay", "0", "--no-links", "--allow-loopback", *more]
        )  # fmt: skip
        assert done.exit_code == 0, done.output
    lines = (folder / "结果" / "outcomes.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines], asked


def _outcome(outcomes: list[dict[str, Any]], check: str) -> dict[str, Any]:
    return next(outcome for outcome in outcomes if outcome["check"] == check)


def test_a_stub_home_and_paging_until_the_period_is_covered(tmp_path: Path) -> None:
    outcomes, asked = _inspected(_PAGED, tmp_path, "--period", "2024Q3", "--as-of", "2024-09-25")
    assert "/portal/" in asked
    lists = [path for path in asked if path.startswith("/xw/")]
    assert lists == ["/xw/", "/xw/index_1.html", "/xw/index_2.html"]  # the third page is older than the period: enough
    opened = {path[3:13] for path in asked if path.startswith("/a/")}
    assert opened == {"2024-09-20", "2024-09-10", "2024-08-20", "2024-08-10", "2024-07-20", "2024-07-10"}
    assert _outcome(outcomes, "update/column-stale")["status"] == "CLEAN"


def test_a_last_page_that_is_missing_does_not_lose_the_others(tmp_path: Path) -> None:
    outcomes, asked = _inspected(_PAGED, tmp_path, "--as-of", "2024-09-25")
    assert "/xw/index_4.html" in asked  # promised by the pager, answered 404
    assert {f"/a/{d}.html" for days in _MONTHS for d in days} <= set(asked)
    assert _outcome(outcomes, "update/column-stale")["status"] == "CLEAN"


def test_a_short_notice_is_read_where_its_column_prints_articles(tmp_path: Path) -> None:
    aside = "<div class=zn><p>办事群众请注意，政务服务中心周一至周五对外服务，节假日实行预约办理，请携带有效证件，按照窗口指引有序办理。</p></div>"
    leak = f"公示对象：甲某，身份证号{id_number(12)}"
    pages = {
        "/": _html("<div class=nav><a href=/xw/>政务要闻</a></div>"),
        "/xw/": _list([d for days in _MONTHS for d in days]),
        **_articles([d for days in _MONTHS for d in days]),
    }
    for address in pages:
        if address.startswith("/a/"):
            pages[address] = (
                pages[address]
                .replace("。</p>", "。会议要求，压实责任，强化督查，确保各项工作落到实处、取得实效。" * 5 + "</p>", 1)
                .replace("<div class=footer", aside + "<div class=footer")
            )
    short = _html(
        f"<h1>县政府2024-09-20常务会议召开</h1><div>发布时间：2024-09-20</div><div class=con><p>{leak}</p></div>{aside}"
    )
    pages["/a/2024-09-20.html"] = short
    outcomes, _ = _inspected(pages, tmp_path, "--as-of", "2024-09-25")
    assert _outcome(outcomes, "privacy/id-number")["status"] == "FOUND"


def test_without_a_browser_a_scripted_list_is_unknown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inspection, "browser_program", lambda: "")
    outcomes, _ = _inspected(_SCRIPTED, tmp_path, "--as-of", "2024-09-25")
    stale = _outcome(outcomes, "update/column-stale")
    assert stale["status"] == "UNKNOWN" and "脚本" in stale["reason"]


def test_with_a_browser_a_scripted_list_is_read(tmp_path: Path) -> None:
    if not browser_program():
        pytest.skip("没有安装浏览器（可选部分 browser 与 chromium），跳过")
    outcomes, asked = _inspected(_SCRIPTED, tmp_path, "--as-of", "2024-09-25")
    assert {f"/a/{d}.html" for d in _MONTHS[0]} <= set(asked)
    assert _outcome(outcomes, "update/column-stale")["status"] == "CLEAN"
