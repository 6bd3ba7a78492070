"""Pages that answer 200 and say that nothing is there (soft 404), or that one must log in first."""

from __future__ import annotations

import re

from duwang.reading.page import Page

_TITLE = re.compile(
    r"^\W*(404|410)(\D|$)|404\s*(错误|页面|error|not\s*found)|(页面|网页|文章|内容|信息|栏目|您(要)?访问的\S{0,6})\s*(不存在|未找到|找不到|没有找到|已被?删除|不见了)|"
    r"找不到(该|此|您|你)?\S{0,8}(页|文件|资源)|not\s+found|出错了|错误提示|^error\b|无法(找到|访问|显示)(该|此|网)?(网)?页",
    re.IGNORECASE,
)
_TEXT = re.compile(
    r"(您|你)?(要|所)?(访问|查看|浏览|查找|请求|打开|寻找)的?(页面|网页|内容|文章|信息|地址|资源|文件|链接|栏目)\S{0,12}(不存在|未找到|找不到|没有找到|已(经)?(被)?(删除|移除|下线|失效|撤下)|不见了)|"
    r"(该|此|本)(页面|网页|内容|文章|信息|栏目|链接)(已(经)?)?(不存在|(被)?删除|失效|下线|移除|撤下)|(页面|网页|文章|内容)(不存在|没有找到|找不到了|走丢了|未找到)|"
    r"404\s*(not\s*found|错误|-)|page\s+(is\s+)?not\s+found|file\s+not\s+found|cannot\s+be\s+found",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"/(404|error|err|notfound|not-found|pagenotfound|nopage)(\.\w+|/|$|\?)", re.IGNORECASE)
_LOGIN = re.compile(r"/(login|signin|sso|cas|oauth2?|passport)(\.\w+|/|$|\?)", re.IGNORECASE)
_SHORT = 400


def says_missing(page: Page, *, redirected: bool) -> bool:
    """True when the page says in its title or in a short text that nothing is there, or was led to an error address."""
    text = page.text
    if redirected and _ADDRESS.search(page.url):
        return True
    if len(text) > 4000:
        return False
    titled = bool(_TITLE.search(page.title or ""))
    body = page.content.text or text
    if titled and len(body) <= _SHORT:
        return True
    return len(body) <= _SHORT and len(text) <= 5 * _SHORT and bool(_TEXT.search(body))


def wants_login(page: Page, *, redirected: bool) -> bool:
    """True when an address that was asked for led to a page with a password field."""
    return redirected and bool(_LOGIN.search(page.url)) and page.tree.css_first("input[type=password]") is not None
