"""The stored real pages served as one site and inspected whole: every page is read, the paged column too, and nothing breaks."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Iterator
from functools import partial
from html import escape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from click.testing import CliRunner

from duwang.cli import main
from duwang.model.refs import page_ref
from kit.shared import shared

pytestmark = [pytest.mark.slow, pytest.mark.needs_shared]
_PER_PAGE = 12


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        return


@pytest.fixture
def site(tmp_path: Path) -> Iterator[tuple[Path, list[dict[str, Any]]]]:
    """(folder of a ledger for the running site, the labelled pages)"""
    folder = shared("corpora/html")
    pages = [json.loads(line) for line in (folder / "gold.jsonl").read_text("utf-8").splitlines()]
    pages.sort(key=lambda page: page["published"] or "", reverse=True)
    column = tmp_path / "www" / "xw"
    column.mkdir(parents=True)
    for page in pages:
        shutil.copy(folder / page["file"], column / page["file"])
    count = -(-len(pages) // _PER_PAGE)
    for number in range(count):
        rows = "".join(
            f"<li><a href='{page['file']}'>{escape(page['title'])}</a><span>{page['published']}</span></li>"
            for page in pages[number * _PER_PAGE : (number + 1) * _PER_PAGE]
        )
        html = f"<meta charset=utf-8><title>要闻</title><ul>{rows}</ul><script>createPageHTML({count},{number},'index','html')</script>"
        (column / (f"index_{number}.html" if number else "index.html")).write_text(html, "utf-8")
    (tmp_path / "www" / "index.html").write_text(
        "<meta charset=utf-8><title>清溪县</title><a href=/xw/>要闻</a>", "utf-8"
    )
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(tmp_path / "www")))
    thread = Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    root = f"http://127.0.0.1:{server.server_port}/"
    ledger = tmp_path / "名录"
    ledger.mkdir()
    _sheet(
        ledger / "网站.csv",
        ["网站标识码", "名称", "首页网址", "主办单位"],
        ["5399210001", "清溪县", root, "清溪县人民政府办公室"],
    )
    _sheet(
        ledger / "栏目.csv",
        ["网站标识码", "栏目名称", "栏目网址", "类别"],
        ["5399210001", "要闻", f"{root}xw/", "动态要闻"],
    )
    yield ledger, pages
    server.shutdown()
    server.server_close()
    thread.join()


def test_the_stored_pages_as_a_site(site: tuple[Path, list[dict[str, Any]]], tmp_path: Path) -> None:
    ledger, pages = site
    out = tmp_path / "结果"
    asked = ["inspect", str(ledger), "--out", str(out), "--as-of", "2023-12-31", "--delay", "0", "--no-links", "--allow-loopback"]  # fmt: skip
    done = CliRunner().invoke(main, asked)
    assert done.exit_code == 0, done.output
    states = [json.loads(line) for line in (out / "pages.jsonl").read_text("utf-8").splitlines()]
    read = {state["ref"] for state in states if state["state"] == "read"}
    root = json.loads((out / "registry.json").read_text("utf-8"))["sites"][0]["home"]
    assert {page_ref("site/5399210001", f"{root}xw/{page['file']}") for page in pages} <= read
    outcomes = [json.loads(line) for line in (out / "outcomes.jsonl").read_text("utf-8").splitlines()]
    assert not [outcome for outcome in outcomes if "检查项出错" in (outcome["reason"] or "")]
    stale = next(outcome for outcome in outcomes if outcome["check"] == "update/column-stale")
    assert stale["status"] == "FOUND"  # the newest of the pages is from November 2023


def _sheet(path: Path, headings: list[str], row: list[str]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream).writerows([headings, row])
