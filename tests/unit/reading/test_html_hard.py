"""Input that no page should be, and that is served all the same: never a crash, never a hang."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duwang.reading.page import read_page

_HARD = {
    "空": b"",
    "只有空白": b" \n\t ",
    "二进制": bytes(range(256)) * 40,
    "五万层div": b"<div>" * 50_000 + "正文。".encode(),
    "两万层表格": b"<table><tr><td>" * 20_000,
    "层层链接": b"<ul><li><a href=/a>aaaaaaaaaaaa" * 15_000,
    "层层页脚": b"<div class=foot>" * 9_000 + "主办单位".encode(),
    "声明utf-8实为GBK": b"<html><meta charset=utf-8><body><p>" + "政府网站".encode("gbk"),
    "断在字中间": "<p>政府网站".encode()[:-1],
}


@pytest.mark.parametrize("name", _HARD)
def test_hard_input_gives_a_page_within_its_time(name: str) -> None:
    began = time.perf_counter()
    page = read_page(_HARD[name], url="http://127.0.0.1/")
    page.document()
    page.listing()
    assert time.perf_counter() - began < 5


_PIECES = st.sampled_from(
    ["<div>", "</div>", "<p>", "</p>", "<table>", "<tr>", "<td>", "</table>", "<a href='/x'>", "</a>", "<ul><li>", "<script>", "</script>", "<!--",
     "-->", "<meta name=", "<base href='http://[::1'>", "2024-02-30", "2024年13月1日", "[03-15]", "发布时间：", "来源：", "政府网站", "下一页", "\0",
     "createPageHTML(9,0,'index','html')", "&#x110000;", "<a href='http://[bad'>坏地址坏地址</a>", "<a href='http://h:0/'>零端口</a>"]
)  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(st.lists(_PIECES | st.text(max_size=12), max_size=60))
def test_any_mixture_of_tags_and_text_is_read(pieces: list[str]) -> None:
    page = read_page("".join(pieces).encode("utf-8", "ignore"), url="http://127.0.0.1/a/")
    document = page.document()
    for block in document.blocks:
        assert document.body[block.start : block.start + len(block.text)] == block.text
    for table in document.tables:
        assert document.body[table.start :].startswith("\n".join("\t".join(row) for row in table.rows))
    assert all(link.url.startswith(("http://", "https://")) for link in page.links)
    page.listing()


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read(body: bytes) -> None:
    read_page(body, url="http://127.0.0.1/a/").document()
