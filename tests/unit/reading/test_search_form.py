"""The search box that a plain request can use, and what a page of results shows."""

import pytest

from duwang.reading.page import read_page
from duwang.reading.search_form import result_titles, search_address


def page(html):
    return read_page(html.encode(), url="http://www.fangzhen.gov.cn/")


@pytest.mark.parametrize(
    ("form", "address"),
    [
        ('<form action="/search"><input name="q"></form>', "http://www.fangzhen.gov.cn/search?q=%E9%98%B2%E6%B1%9B"),
        (
            '<form action="http://so.fangzhen.gov.cn/s" method="GET"><input type="hidden" name="siteCode" value="5399210001"><input type="text" name="keyWord"></form>',
            "http://so.fangzhen.gov.cn/s?siteCode=5399210001&keyWord=%E9%98%B2%E6%B1%9B",
        ),
        ('<form action="/search" method="post"><input name="q"></form>', ""),
        ('<form action="javascript:find()"><input name="q"></form>', ""),
        ('<form action="/login"><input name="user"></form>', ""),
        ("<div>没有表单</div>", ""),
    ],
)
def test_where_a_search_is_asked(form, address):
    assert search_address(page(f"<html><body>{form}</body></html>"), "防汛") == address


def test_titles_on_a_page_of_results():
    html = '<ul><li><a href="/1.html">仿真县召开防汛工作会议</a></li><li><a href="/2.html">首页</a></li></ul>'
    assert list(result_titles(page(html))) == ["仿真县召开防汛工作会议"]
