"""What a reviewer sees of a finding: the kept text around its place, with nothing of a person in it that the pane should hide."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from duwang.capture.vault import WarcVault
from duwang.checks.check import all_checks
from duwang.flow.folder import Folder
from duwang.flow.looking import look_once
from duwang.flow.screening import concealed, screened
from duwang.flow.showing import Shown, shown
from duwang.model.capturing import Capture
from duwang.model.material import Document
from duwang.reading.any_file import read_any

HOME = "云岭县文昌路27号3幢2单元501室"
PAGE = (
    f"<html><head><title>低保对象公示</title></head><body><h1>低保对象公示</h1><div class='content'><p>申请人周芷若，家庭住址：{HOME}，"
    "车主周芷若的车牌号为云ZA3T57，持护照E12345689出行。经审核，现予以公示，公示期五个工作日，欢迎监督。</p>"
    "<p>本次公示由县民政局组织，如有异议，请在公示期内以书面形式反映，我们将认真核查并及时答复。</p></div></body></html>"
)  # fmt: skip
FEED = (
    '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>云岭发布</title>'
    "<item><title>甲</title><link>http://127.0.0.1/1</link><description>会议作出布署。</description></item>"
    "<item><title>乙</title><link>http://127.0.0.1/2</link><description>会议作出布署。全县响应。</description></item></channel></rss>"
)
REPORT = "标题,发布时间,正文,链接\n甲,2024-09-03,会议作出布署。,\n"
SAVED = "<html><body><h1>甲</h1><p>2024-09-03</p><p>会议作出布署，强调安全生产各项工作。</p></body></html>"


def _kept(tmp_path: Path, raw: str) -> tuple[Folder, str]:
    vault = WarcVault(tmp_path / "vault")
    body = raw.encode()
    digest = hashlib.sha256(body).hexdigest()
    sha256 = vault.append(Capture("u", "u", 200, (), body, None, "", datetime.now(UTC), 0, digest))
    vault.close()
    return Folder(tmp_path), sha256


def _told(sha256: str, **more: Any) -> dict[str, Any]:
    given = {"url": "http://127.0.0.1/gs/1.html", "target": "site/5399000001/page/1", "title": "", "quote": "布署"}
    return {"evidence": [sha256], **given, **more}


def _drafts(document: Document, name: str) -> Any:
    return look_once(all_checks()[name], document, settings={}, as_of=date(2024, 9, 30)).drafts


def test_addresses_plates_and_passports_are_starred_around_any_finding(tmp_path: Path) -> None:
    folder, sha256 = _kept(tmp_path, PAGE)
    document = read_any(PAGE.encode(), name="1.html", url="http://127.0.0.1/gs/1.html")
    (leak,) = _drafts(document, "privacy/home-address")
    seen = shown(folder, _told(sha256, start=leak.start, end=leak.end, quote=leak.quote))
    assert seen is not None
    whole = seen.before + seen.quote + seen.after
    for raw in (HOME, "501室", "云ZA3T57", "E12345689"):
        assert raw in document.body and raw not in whole
    assert len(whole) == len(document.body) == len(screened(document)), "位置不能移动"
    assert seen.quote.rstrip("*") == leak.quote.rstrip("*")
    assert HOME not in concealed(PAGE, document) and "云ZA3T57" not in concealed(PAGE, document)


@pytest.mark.parametrize(
    ("raw", "url", "after"),
    [(FEED, "http://127.0.0.1/2", "。全县响应。"), (REPORT, "", "。"), (SAVED, "甲.html", "，强调安全生产各项工作。")],
)
def test_a_post_is_shown_whole_with_its_quote(raw: str, url: str, after: str, tmp_path: Path) -> None:
    folder, sha256 = _kept(tmp_path, raw)
    seen = None
    for start in range(30):  # the place of the quote in what the reader makes of it
        found = shown(folder, _told(sha256, url=url, target="account/微博/70001/page/1", start=start, end=start + 2))
        seen = seen or found
    assert isinstance(seen, Shown)
    assert (seen.quote, seen.after.strip()) == ("布署", after)


def test_no_post_no_view(tmp_path: Path) -> None:
    folder, sha256 = _kept(tmp_path, FEED)
    assert (
        shown(folder, _told(sha256, url="http://127.0.0.1/3", target="account/微博/70001/page/1", start=5, end=7))
        is None
    )
