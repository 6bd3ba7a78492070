"""The record of `duwang read`: what is printed, what only a tag says."""

from __future__ import annotations

import pytest

from duwang.flow.reading import record_of
from duwang.reading.page import read_page

_PAGE = """<html><head><meta charset="utf-8"><title>防汛工作通知</title><meta name="ContentSource" content="{tag}"></head><body>
<h1>防汛工作通知</h1><div>{line}</div><div class="content"><p>为做好防汛工作，现将有关事项通知如下，请各乡镇认真落实责任。</p></div></body></html>"""


@pytest.mark.parametrize(
    "tag,line,source",
    [
        ("云岭县水务局", "", "云岭县水务局"),
        ("云岭县水务局", "来源：云岭县应急管理局　发布日期：2026-05-06", "云岭县应急管理局"),
        ("", "", None),
    ],
)
def test_the_printed_source_comes_before_the_tag(tag: str, line: str, source: str | None) -> None:
    page = read_page(_PAGE.format(tag=tag, line=line).encode(), url="http://a.gov.cn/1.html", content_type="text/html")
    document = page.document()
    assert record_of(document)["source"] == source
    assert document.source == (source if "来源" in line else ""), "a tag alone never decides whose page it is"
