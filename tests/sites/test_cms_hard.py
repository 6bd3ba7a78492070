"""Harder forms of the families: data asked for by the page's own script, groups of records, numbers counted both ways, ends."""

from __future__ import annotations

import json
from datetime import date

from duwang.platforms.cms import family_of, read_listing
from duwang.reading.listing import ListingPage
from duwang.reading.page import read_page

_AS_OF = date(2024, 3, 20)
_ROOT = "http://127.0.0.1"


def _read(html: str, path: str, *, charset: str = "utf-8") -> ListingPage:
    return read_listing(read_page(html.encode(charset), url=_ROOT + path), as_of=_AS_OF)


def _records(*days: str) -> str:
    rows = (f"<record><![CDATA[<li><a href='/art/2024/3/{n}/art_1_{n}.html'>县政府召开第{n}次常务会议</a><span>{day}</span></li>]]></record>" for n, day in enumerate(days, 1))  # fmt: skip
    return f"<recordset>{''.join(rows)}</recordset>"


def test_jpage_records_that_only_the_pages_script_asks_for() -> None:
    html = (
        f"<html><body><div id='99'><script type='text/xml'><datastore><totalrecord>5</totalrecord><totalpage>3</totalpage>{_records('2024-03-15', '2024-03-12')}</datastore></script></div>"
        "<script>$('#99').jpage({perPage:2,proxyUrl:'/module/web/jpage/dataproxy.jsp',proxyParam:{'columnid':'1229','unitid':'99','webname':'清溪县','path':'/'}})</script></body></html>"
    )
    first = _read(html, "/col/col1229/index.html")
    assert [item.on for item in first.items] == [date(2024, 3, 15), date(2024, 3, 12)]
    (following,) = first.next_pages
    assert following.startswith(f"{_ROOT}/module/web/jpage/dataproxy.jsp?startrecord=3&endrecord=4&perpage=2&columnid=1229&unitid=99")  # fmt: skip
    path = following.removeprefix(_ROOT)
    answer = f"<datastore><totalrecord>5</totalrecord>{_records('2024-03-01', '2024-02-28')}</datastore>"
    second = _read(answer, path)
    assert len(second.items) == 2 and "startrecord=5&endrecord=6" in second.next_pages[0]
    last = _read(answer, path.replace("startrecord=3&endrecord=4", "startrecord=5&endrecord=6"))
    assert last.next_pages == ()


def test_gkmlpt_seconds_since_1970_are_days_in_china() -> None:
    row = {"title": "关于召开会议的通知", "url": "/gkmlpt/content/1/2/post_1.html", "create_time": 1710432000}
    read = _read(json.dumps({"articles": [row], "total": 1}), "/gkmlpt/api/all/15?page=1&sid=2")
    assert [(item.on, item.title) for item in read.items] == [(date(2024, 3, 15), "关于召开会议的通知")]
    assert read.next_pages == ()


def test_trs_pagers_count_from_nought_or_from_one() -> None:
    rows = "<ul><li><a href=t20240315_1.html>县政府召开第一次常务会议</a>2024-03-15</li><li><a href=t20240312_2.html>县政府召开第二次常务会议</a>2024-03-12</li></ul>"
    plain = _read(f"{rows}<script>createPageHTML(3, 0, 'index', 'html')</script>", "/xw/")
    assert plain.next_pages == (f"{_ROOT}/xw/index_1.html", f"{_ROOT}/xw/index_2.html")
    held = _read(f"{rows}<script>createPageHTML('page-div',3, 1,'list','shtml',40)</script>", "/xw/list.shtml")
    assert held.next_pages[0] == f"{_ROOT}/xw/list_2.shtml" and held.total == 3
    last = _read(f"{rows}<script>createPageHTML(3, 2, 'index', 'html')</script>", "/xw/index_2.html")
    assert last.next_pages == ()


def test_vsb_counts_down_and_ends_with_page_one() -> None:
    rows = "<ul><li><a href=info/1041/7300.htm>县农业农村局开展春耕指导</a>2024/03/15</li><li><a href=info/1041/7299.htm>县农业农村局召开工作会议</a>2024/03/12</li><li><a href=info/1041/7298.htm>县农业农村局检修农业机械</a>2024/03/10</li></ul>"
    first = _read(
        f"<!--_vsb_-->{rows}<div>共30条 1/3 首页 上页 <a href=tzgg/2.htm>下页</a></div>", "/tzgg.htm", charset="gbk"
    )
    assert first.next_pages == (f"{_ROOT}/tzgg/2.htm",) and len(first.items) == 3
    unlinked = _read(f"<!--_vsb_-->{rows}<div>共30条 1/3</div>", "/tzgg.htm", charset="gbk")
    assert unlinked.next_pages == (f"{_ROOT}/tzgg/2.htm",)
    assert _read(f"<!--_vsb_-->{rows}<div>共30条 3/3</div>", "/tzgg/1.htm", charset="gbk").next_pages == ()


def test_old_pages_whose_pager_is_a_form() -> None:
    rows = "".join(f"<tr><td>·<a href=Show.asp?id={n}>县水务局开展第{n}次巡查</a></td><td>[{day}]</td></tr>" for n, day in ((3, "01-05"), (2, "12-28"), (1, "12-20")))  # fmt: skip
    html = f"<table>{rows}</table><form action=List.asp>第1页/共4页 转到<input name=page size=3></form>"
    page = read_page(html.encode("gbk"), url=f"{_ROOT}/List.asp?classid=3")
    assert family_of(page) == "legacy"
    read = read_listing(page, as_of=_AS_OF)
    assert [(item.on, item.inferred) for item in read.items] == [(date(2024, 1, 5), True), (date(2023, 12, 28), True), (date(2023, 12, 20), True)]  # fmt: skip
    assert read.next_pages == (f"{_ROOT}/List.asp?classid=3&page=2",)
