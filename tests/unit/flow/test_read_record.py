"""The record of `duwang read`: what is printed, what only a tag says."""

from __future__ import annotations

import pytest

from duwang.flow.reading import read_with_family, record_of
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


@pytest.mark.parametrize(
    "family,url,body",
    [
        ("trs", "", "<div class=TRS_Editor>正文</div>"),
        ("trs", "", "<script>createPageHTML(9, 0, 'index', 'html');</script>"),
        ("vsb", "", "<div id=vsb_content>正文</div>"),
        ("jpage", "", "<a href='/col/jpage/x'>甲</a><a href='/art/2024/3/15/art_1_2.html'>乙</a>"),
        ("gkmlpt", "http://a.gov.cn/zwgk/", "<script src='/gkmlpt/js/app.js'></script>"),
        ("legacy", "http://a.gov.cn/NewsShow.asp?id=3", "<p>正文</p>"),
        ("generic", "http://a.gov.cn/3.html", "<p>正文</p>"),
        ("generic", "", "<p>本系统由TRS编辑器制作</p>"),
    ],
)
def test_the_record_names_the_family_of_site_software(family: str, url: str, body: str) -> None:
    page = f"<html><head><meta charset=utf-8><title>标题</title></head><body>{body}</body></html>".encode()
    record = record_of(read_with_family(page, name="1.html", content_type="text/html", url=url))
    assert record["template_family"] == family
