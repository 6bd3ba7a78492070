"""What can be clicked without a plain link, and addresses that scripts write."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from duwang.reading.controls import controls
from duwang.reading.page import read_page


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        ("<a href='javascript:wza()'>无障碍 浏览</a>", ("无障碍 浏览",)),
        ("<button>长者版</button><div onclick='x()'>大字</div>", ("长者版", "大字")),
        (
            "<a href='#'><img src='/i/wza.png'></a><a href='#'><img src='/i/1.png' alt='适老化'></a>",
            ("wza.png", "适老化"),
        ),
        ("<input type=button value='关怀版'><span>无障碍</span>", ("关怀版",)),
        (f"<a href='/a'>{'长' * 21}</a><a href='/b'>{'长' * 20}</a>", ("长" * 20,)),
    ],
)
def test_controls(html: str, wanted: tuple[str, ...]) -> None:
    assert controls(LexborHTMLParser(f"<body>{html}</body>")) == wanted


@pytest.mark.parametrize(
    ("script", "wanted"),
    [
        (
            "document.write(unescape('%3Cscript src=%22http://dcs.conac.cn/js/1/2.js%22%3E%3C/script%3E'))",
            ("http://dcs.conac.cn/js/1/2.js",),
        ),
        ("var u = '//bszs.conac.cn/sitename?method=show'", ("//bszs.conac.cn/sitename?method=show",)),
        (
            'var u = "https:\\/\\/pucha.kaipuyun.cn\\/exposure\\/jiucuo.html"',
            ("https://pucha.kaipuyun.cn/exposure/jiucuo.html",),
        ),
        ("// just a remark\nvar a = 1 // 2", ()),
    ],
)
def test_addresses_in_scripts(script: str, wanted: tuple[str, ...]) -> None:
    page = read_page(
        f"<html><body><script>{script}</script><p>x</p></body></html>".encode(), url="http://www.x.gov.cn/"
    )
    assert page.document().embedded == wanted
