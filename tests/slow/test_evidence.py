"""The pack of evidence: raw content apart, everything else masked, every file with its SHA-256."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner
from warcio.archiveiterator import ArchiveIterator

from duwang.capture.picture import browser
from duwang.cli import main
from duwang.flow.inspection import inspect
from duwang.flow.registry import load
from duwang.flow.settings import Settings
from kit.one_site import TEXT, ledger
from kit.small_county import id_number
from kit.web import page, serve

pytestmark = pytest.mark.slow
SECRET = id_number(7)


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("evidence")
    body = f"<h1>救助对象公示</h1><div>发布日期：2024-09-28</div><div class='content'>{TEXT}<p>张某某，身份证号码{SECRET}，已纳入救助范围。</p></div>"
    script = f"<script>alert('{SECRET}')</script>"
    row = "<li><a href='/news/1.html'>救助对象公示</a><span>2024-09-28</span></li>"
    pages = {
        "/": page("首页", f"<ul>{row}</ul><a href='/gone.html'>没有了</a>"),
        "/news/": page("动态要闻", f"<ul>{row}</ul>"),
        "/news/1.html": page("救助对象公示", body + script),
    }
    with serve(pages) as web:
        settings = Settings(out=folder / "out", as_of=date(2024, 9, 30), delay=0, allow_loopback=True, documents=False, registry_text="x",
                            checks=("privacy", "reach"))  # fmt: skip
        inspect(load(str(ledger(folder / "ledger", web.root + "/"))), settings, progress=lambda message: None)
    yield folder / "out"


def _fingerprint(result: Path, check: str) -> str:
    lines = map(json.loads, (result / "findings.jsonl").read_text("utf-8").splitlines())
    return next(str(line["fingerprint"]) for line in lines if line["check"] == check)


def test_a_pack_for_a_leak(result: Path, tmp_path: Path) -> None:
    told = CliRunner().invoke(
        main, ["evidence", _fingerprint(result, "privacy/id-number"), "--out", str(tmp_path), "--from", str(result)]
    )
    assert told.exit_code == 0, told.output
    manifest = json.loads((tmp_path / "清单.json").read_text("utf-8"))
    files = {record["file"]: record for record in manifest["files"]}
    for name, record in files.items():
        content = (tmp_path / name).read_bytes()
        assert record["sha256"] == hashlib.sha256(content).hexdigest()
        if not record["raw"]:
            assert SECRET.encode() not in content, name
    raw = [name for name, record in files.items() if record["raw"]]
    (html,) = [name for name in raw if name.endswith(".html")]
    assert SECRET.encode() in (tmp_path / html).read_bytes()
    with next((tmp_path / "原始").glob("*.warc.gz")).open("rb") as file:
        (record,) = list(ArchiveIterator(file))
    assert record.rec_headers["WARC-Target-URI"].endswith("/news/1.html")
    view = (tmp_path / "视图.html").read_text("utf-8")
    assert ("duwang-quote" in view and SECRET[:4] + "*" in view) or "*" in view
    sheet = (tmp_path / "取证单.html").read_text("utf-8")
    assert "救助对象公示" in sheet and "个人信息" in sheet
    cells = [cell.text for row in docx.Document(str(tmp_path / "取证单.docx")).tables[0].rows for cell in row.cells]
    assert "云岭县人民政府办公室" in cells
    assert ("截图.png" in files) is (browser() is not None)


def test_a_finding_without_content(result: Path, tmp_path: Path) -> None:
    told = CliRunner().invoke(
        main, ["evidence", _fingerprint(result, "reach/broken-link"), "--out", str(tmp_path), "--from", str(result)]
    )
    assert told.exit_code == 0, told.output
    assert "取证单.docx" in told.output


@pytest.mark.parametrize("wanted", ["0" * 20, "ab", "../../etc"])
def test_a_number_that_is_none(wanted: str, result: Path, tmp_path: Path) -> None:
    told = CliRunner().invoke(main, ["evidence", wanted, "--out", str(tmp_path), "--from", str(result)])
    assert told.exit_code == 2
    assert "问题" in told.output and "Traceback" not in told.output
