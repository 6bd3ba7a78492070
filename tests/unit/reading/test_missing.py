"""Pages that answer 200 and say that nothing is there, and articles that merely speak of it."""

from __future__ import annotations

import pytest

from duwang.reading.missing import says_missing, wants_login
from duwang.reading.page import read_page

LONG = "为进一步规范政府网站管理，提升服务水平，县政府办公室组织开展了季度检查，对发现的问题逐项督促整改。" * 12


def _says(title: str, body: str, url: str = "http://www.x.gov.cn/a.html", *, redirected: bool = False) -> bool:
    html = f"<html><head><title>{title}</title></head><body><h1>{title}</h1><div class='content'>{body}</div></body></html>"
    return says_missing(read_page(html.encode(), url=url), redirected=redirected)


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("404", "<p>抱歉</p>"),
        ("404错误页面", "<p>3秒后返回首页</p>"),
        ("页面不存在", ""),
        ("县人民政府", "<p>您访问的页面不存在或已被删除！</p>"),
        ("提示信息", "<p>该文章已被删除</p><a href='/'>返回首页</a>"),
        ("Error", "<p>404 Not Found</p>"),
        ("出错了", "<p>您要查看的信息不存在</p>"),
    ],
)
def test_nothing_is_there(title: str, body: str) -> None:
    assert _says(title, body)


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("关于部分网页不存在问题的整改情况通报", f"<p>{LONG}</p>"),
        ("404个村全部通水", f"<p>{LONG}</p>"),
        ("县政府网站检查情况", f"<p>检查发现您访问的页面不存在等问题。{LONG}</p>"),
        ("县人民政府", f"<p>{LONG}</p>"),
        ("联系我们", "<p>电话：0870-0000000</p>"),
    ],
)
def test_something_is_there(title: str, body: str) -> None:
    assert not _says(title, body)


def test_an_error_address_after_a_redirect() -> None:
    assert _says("云岭县", "<p>返回首页</p>", "http://www.x.gov.cn/404.html", redirected=True)
    assert not _says("云岭县", "<p>返回首页</p>", "http://www.x.gov.cn/404.html")


def test_a_login_page_that_one_was_sent_to() -> None:
    html = b"<form><input name=u><input type='password'></form>"
    page = read_page(html, url="http://www.x.gov.cn/sso/login?back=1")
    assert wants_login(page, redirected=True)
    assert not wants_login(page, redirected=False)
    assert not wants_login(read_page(html, url="http://www.x.gov.cn/a.html"), redirected=True)
