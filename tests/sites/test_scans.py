"""A list of names published as a picture: the numbers in it are found, or the coverage says why they could not be looked for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from duwang.flow import attachments
from duwang.reading import recognition
from sites.test_walks import _articles, _html, _inspected, _list
from unit.reading.office_files import id_number
from unit.reading.test_recognition import needs_cv, needs_ocr, written

pytestmark = [pytest.mark.slow, needs_cv]
_DAY = "2024-09-20"


def _site() -> dict[str, str | bytes]:
    pages: dict[str, str | bytes] = {
        "/": _html("<div class=nav><a href=/xw/>政务要闻</a></div>"),
        "/xw/": _list([_DAY]),
    }
    for address, html in _articles([_DAY]).items():
        pages[address] = html.replace(
            "<div class=footer", "<p><a href=/files/gongshi.png>公示名单</a></p><div class=footer"
        )
    pages["/files/gongshi.png"] = written([id_number(n) for n in range(1, 6)])
    return pages


@needs_ocr
def test_numbers_in_a_picture_are_findings_of_the_attachment(tmp_path: Path) -> None:
    _inspected(_site(), tmp_path, "--as-of", "2024-09-25")
    findings = [json.loads(line) for line in (tmp_path / "结果" / "findings.jsonl").read_text("utf-8").splitlines()]
    leaks = [finding for finding in findings if finding["check"] == "privacy/id-number"]
    assert leaks and all(finding["url"].endswith("gongshi.png") for finding in leaks)
    assert not [
        finding
        for finding in findings
        if finding["url"].endswith("gongshi.png") and finding["check"].startswith("text/")
    ]


def test_without_the_extra_the_coverage_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attachments, "not_installed", lambda: recognition.NOT_INSTALLED)
    _inspected(_site(), tmp_path, "--as-of", "2024-09-25")
    coverage = json.loads((tmp_path / "结果" / "coverage.json").read_text("utf-8"))["site/5399210001"]
    assert coverage["attachments"]["failed"] == {"图片，没有文字层；没有安装文字识别部分（ocr）": 1}
