"""A page saved as a file, whose own address nobody knows."""

from __future__ import annotations

from duwang.reading.page import read_page

PAGE = """<html><head><title>关于做好防汛工作的通知</title></head><body><h1>关于做好防汛工作的通知</h1>
<p>发布时间：2024-09-03</p><div class="content"><p>{words}</p><p><a href="./files/1.docx">附件：值班表.docx</a>
<a href="/zwgk/2.html">相关文件</a><a href="javascript:void(0)">关闭</a><a href="ftp://a.cn/x">下载</a></p></div></body></html>"""


def test_it_is_not_taken_for_a_home_page_and_keeps_its_relative_links() -> None:
    document = read_page(
        PAGE.format(words="各单位要落实防汛责任，加强值班值守，确保群众安全。" * 6).encode(), url=""
    ).document()
    assert document.kind == "article"
    assert [link.url for link in document.attachments] == ["./files/1.docx"]
    assert "/zwgk/2.html" in [link.url for link in document.links]
    assert not [link for link in document.links if link.url.startswith(("javascript", "ftp"))]


def test_with_an_address_relative_links_are_joined_and_the_root_is_the_home_page() -> None:
    body = PAGE.format(words="各单位要落实防汛责任。").encode()
    home = read_page(body, url="http://127.0.0.1:8001/").document()
    assert home.kind == "home" and "http://127.0.0.1:8001/zwgk/2.html" in [link.url for link in home.links]
