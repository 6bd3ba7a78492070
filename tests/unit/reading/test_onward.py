"""Home pages that only lead on, and pages that merely mention an address."""

from __future__ import annotations

import pytest

from duwang.reading.onward import onward
from duwang.reading.page import read_page

_LONG = "<p>县政府召开常务会议，研究部署春季造林和防汛备汛工作，听取重点项目建设情况汇报，审议了有关文件。</p>" * 8


@pytest.mark.parametrize(
    ("html", "there"),
    [
        ("<meta http-equiv=refresh content='0;url=/zwgk/index.html'>", "http://127.0.0.1/zwgk/index.html"),
        ("<meta http-equiv='Refresh' content=\"3; URL='index_2.html'\"><p>正在跳转</p>", "http://127.0.0.1/a/index_2.html"),
        ("<meta http-equiv=refresh content='0; /new/'>", "http://127.0.0.1/new/"),
        ("<frameset rows='100,*'><frame src=top.html name=top><frame src=main.html name=mainFrame></frameset>", "http://127.0.0.1/a/main.html"),
        ("<frameset cols='200,*'><frame src=left.html><frame src=list.html></frameset>", "http://127.0.0.1/a/list.html"),
        ("<body><iframe src='/portal/' width=100% height=100%></iframe></body>", "http://127.0.0.1/portal/"),
        ("<script>window.location.href='/portal/index.html';</script>", "http://127.0.0.1/portal/index.html"),
        ("<script>location.replace(\"http://127.0.0.1/x/\")</script><body>跳转中…</body>", "http://127.0.0.1/x/"),
        ("<script>self.location = 'index.jsp'</script>", "http://127.0.0.1/a/index.jsp"),
        ("<meta http-equiv=refresh content='600'>" + _LONG, ""),
        ("<meta http-equiv=refresh content='300;url=/a/'>" + _LONG, ""),
        ("<script>if(/Mobile/.test(navigator.userAgent)){location.href='/m/'}</script>", ""),
        ("<script>function go(){window.location='/search'}</script>" + _LONG, ""),
        ("<script>window.location='/m/'</script>" + _LONG, ""),
        ("<body>" + _LONG + "<iframe src=/weather.html></iframe></body>", ""),
        ("<script>location.href='http://127.0.0.1/a/'</script>", ""),
        ("<script>location.href='javascript:void(0)'</script>", ""),
    ],
)  # fmt: skip
def test_where_a_page_leads(html: str, there: str) -> None:
    assert onward(read_page(f"<html><head></head>{html}</html>".encode(), url="http://127.0.0.1/a/")) == there
