"""Pictures inside articles: a leaked number in one is found, a QR code in one is followed, and the coverage says what was read."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from duwang.flow import pictures
from duwang.reading import recognition
from kit.linked_site import findings, look
from kit.web import Answer, page, serve
from sites.test_walks import _articles, _html, _inspected, _list
from unit.reading.office_files import id_number
from unit.reading.test_recognition import needs_cv, needs_ocr, written

pytestmark = [pytest.mark.slow, needs_cv]
_DAY = "2024-09-20"


def _site(*names: str, **answers: bytes) -> dict[str, str | bytes]:
    """A site of one article that holds the pictures of these names."""
    pages: dict[str, str | bytes] = {
        "/": _html("<div class=nav><a href=/xw/>政务要闻</a></div>"),
        "/xw/": _list([_DAY]),
    }
    shown = "".join(f"<p><img src=/files/{name}></p>" for name in names)
    for address, html in _articles([_DAY]).items():
        pages[address] = html.replace("</p></div>", f"</p>{shown}</div>", 1)
        assert shown in str(pages[address])
    return {**pages, **{f"/files/{name.replace('_', '.')}": body for name, body in answers.items()}}


def _coverage(tmp_path: Path) -> dict[str, Any]:
    (one,) = json.loads((tmp_path / "结果" / "coverage.json").read_text("utf-8")).values()
    return dict(one["pictures"])


@needs_ocr
def test_a_leak_in_a_picture_of_an_article(tmp_path: Path) -> None:
    site = _site(
        "gongshi.png",
        "logo.png",
        "photo.png",
        gongshi_png=written([id_number(n) for n in range(1, 6)]),
        photo_png=_photo(),
    )
    _inspected(site, tmp_path, "--as-of", "2024-09-25")
    (leak,) = findings(tmp_path / "结果", "privacy/id-number")
    assert leak["url"].endswith("/files/gongshi.png") and leak["facts"]["page"].endswith(".html")
    assert leak["evidence"] and "*" in leak["quote"]
    assert _coverage(tmp_path) == {
        "known": 2,
        "read": 1,
        "failed": {"图片，没有文字层；图片不像有文字的文件，没有识别": 1},
    }


@needs_ocr
def test_a_qr_code_is_followed(tmp_path: Path) -> None:
    segno = pytest.importorskip("segno", reason="没有安装 segno（可选件 console），不能画二维码")
    drawn = io.BytesIO()
    segno.make("http://127.0.0.1:9/baoming").save(drawn, kind="png", scale=8, border=4)
    text = "<p>为做好报名工作，请扫描下方二维码填写信息，逾期不再受理，咨询请拨打政务服务热线。</p>" * 6
    article = page("招聘报名", f"<h1>招聘报名</h1><div class='content'>{text}<img src='/ewm.png'></div>")
    pages: dict[str, Answer] = {
        "/": page("首页", "<a href='/a.html'>招聘报名</a>"),
        "/a.html": article,
        "/ewm.png": drawn.getvalue(),
    }
    with serve(pages) as web:
        look(web.root, tmp_path / "结果")
    (dead,) = [line for line in findings(tmp_path / "结果", "reach/broken-link") if line["facts"]["text"] == "二维码"]
    assert dead["facts"]["dead_url"] == "http://127.0.0.1:9/baoming"
    assert dead["facts"]["places"][0].endswith("/a.html")
    assert _coverage(tmp_path) == {"known": 1, "read": 1, "failed": {}}


def test_without_the_extra_nothing_is_fetched_and_the_coverage_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "not_installed", lambda: recognition.NOT_INSTALLED)
    _inspected(_site("gongshi.png", gongshi_png=written(["x"])), tmp_path, "--as-of", "2024-09-25")
    assert _coverage(tmp_path) == {"known": 1, "read": 0, "failed": {recognition.NOT_INSTALLED: 1}}


@needs_ocr
def test_the_budget_keeps_the_most_telling_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MOST", 1)
    site = _site("a1.png", "zgongshi.png", a1_png=_photo(), zgongshi_png=written([id_number(7)]))
    _inspected(site, tmp_path, "--as-of", "2024-09-25")
    assert findings(tmp_path / "结果", "privacy/id-number")
    assert _coverage(tmp_path)["failed"] == {pictures.WHY[pictures.OVER]: 1}


def _photo() -> bytes:
    """Nothing like paper: a coloured ground without any ink."""
    import cv2
    import numpy

    across = numpy.tile(numpy.linspace(70, 170, 640, dtype=numpy.uint8), (480, 1))
    return bytes(cv2.imencode(".png", numpy.dstack([across, across[:, ::-1], across]))[1])
