"""The pack of evidence: raw content apart, everything else masked, every file with its SHA-256."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
from click.testing import CliRunner
from warcio.archiveiterator import ArchiveIterator

from duwang.capture.picture import browser, picture_of
from duwang.cli import main
from duwang.flow.inspection import inspect
from duwang.flow.marking import shown
from duwang.flow.registry import load
from duwang.flow.settings import Settings
from duwang.model.findings import Finding, Severity
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
    rows = dict(zip(cells[::2], cells[1::2], strict=True))
    assert rows["检查对象"] == "云岭县人民政府（site/5399210001）"
    assert rows["读取时间"].endswith("（北京时间）") and "T" not in rows["读取时间"]
    assert rows["检查依据"] and "说明" not in rows


needs_chromium = pytest.mark.skipif(browser() is None, reason="没有安装 chromium，不能截图")


def finding_like(**more: Any) -> Finding:
    given: dict[str, Any] = dict.fromkeys(("suggestion", "start", "end")) | {
        "fingerprint": "f" * 20, "check": "reach/broken-link", "target": "site/1", "url": "http://www.x.gov.cn/a/b.html", "title": "稿件", "quote": "",
        "message": "说明", "question": "", "org": "", "org_by": "site", "severity": Severity.ORDINARY, "certainty": 1.0, "count": 1,
        "first_seen": date(2024, 9, 30), "facts": {}, "evidence": (),
    }  # fmt: skip
    return Finding(**(given | more))


@needs_chromium
@pytest.mark.parametrize(
    ("body", "finding", "framed"),
    [
        ("<p>会议要求迫不急待地落实</p>", finding_like(quote="迫不急待"), 1),
        ("<p>会议要求迫<b>不急</b>\n待地落实</p>", finding_like(quote="迫不急待"), 1),
        ("<p>迫不急待</p><p>又是迫不急待</p>", finding_like(quote="迫不急待"), 2),
        ("<p>没有这句话</p>", finding_like(quote="迫不急待"), 0),
        ("<a href='../zt/gone.html'>专题</a>", finding_like(facts={"dead_url": "http://www.x.gov.cn/zt/gone.html"}), 1),
        ("<a href='gone.html'>专题</a>", finding_like(facts={"dead_url": "http://www.x.gov.cn/zt/gone.html"}), 0),
        ("<img src='p.png' alt='图'>", finding_like(facts={"dead_url": "http://www.x.gov.cn/a/p.png"}), 1),
        ("<a style='position:absolute;left:-999px' href='http://bet.example.com/'>x</a>", finding_like(facts={"link_url": "http://bet.example.com/", "hidden": "off-screen"}), 1),
    ],
)  # fmt: skip
def test_what_is_framed(body: str, finding: Finding, framed: int, tmp_path: Path) -> None:
    page = shown(f"<html><body>{body}</body></html>", finding, css_at=lambda url: "", when="")
    taken = picture_of(page, tmp_path / "p.png")
    assert (taken.why, taken.framed) == ("", framed)


def test_a_page_fit_to_be_shown() -> None:
    source = (
        f"<html><head><link rel=stylesheet href='/s.css'><link rel=icon href='/i.ico'><script>alert('{SECRET}')</script></head>"
        f"<body onload='x()'><p>身份证{SECRET}</p><img src='/p.png' alt='会场'><iframe src='/f.html'></iframe></body></html>"
    )
    sheets = {"http://www.x.gov.cn/s.css": "p{color:red;background:url(/b.png)}@import url(/more.css);"}
    page = shown(source, finding_like(), css_at=lambda url: sheets.get(url, ""), when="读取时间：2024-09-30 08:00:00")
    assert SECRET not in page and "alert" not in page and "onload" not in page and "<iframe" not in page
    assert "color:red" in page and "b.png" not in page and "more.css" not in page and "i.ico" not in page
    assert "图：会场" in page and "<img" not in page and "2024-09-30 08:00:00" in page


@needs_chromium
def test_numbers_that_tags_cut_into_pieces_are_masked(tmp_path: Path) -> None:
    """What the picture shows is read from the page as it stands when the picture is taken."""
    cut = f"<p>{SECRET[:6]}<b>{SECRET[6:14]}</b>{SECRET[14:]}</p>"
    tell = "<script>document.documentElement.setAttribute('data-duwang-top', document.body.innerText.includes(SECRET) ? 1 : 2)</script>"
    page = shown(f"<html><body>{cut}</body></html>", finding_like(), css_at=lambda url: "", when="")
    taken = picture_of(page + f"<script>const SECRET = '{SECRET}'</script>" + tell, tmp_path / "p.png")
    assert taken.top == 2


def test_a_pack_by_the_number_on_the_notice(result: Path, tmp_path: Path) -> None:
    """The unit quotes the number of the case; it has no other."""
    number = f"ZG-{_fingerprint(result, 'reach/broken-link')[:12].upper()}"
    told = CliRunner().invoke(main, ["evidence", number, "--out", str(tmp_path), "--from", str(result)])
    assert told.exit_code == 0 and (tmp_path / "取证单.docx").is_file(), told.output


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
