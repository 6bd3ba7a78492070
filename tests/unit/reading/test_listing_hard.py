"""Lists as they are really laid out: tables, definition lists, days glued to titles or torn apart, <base>, mixed and yearless days."""

from __future__ import annotations

from datetime import date

import pytest

from duwang.reading.page import read_page

_MENU = "<div class=nav><ul><li><a href=/xw/>新闻中心栏目</a></li><li><a href=/gk/>政务公开栏目</a></li><li><a href=/bs/>办事服务栏目</a></li></ul></div>"
_HOT = "<div class=rightbar><h3>推荐信息</h3><ul><li><a href=/hot/1.html>县政府网站改版升级公告</a></li><li><a href=/hot/2.html>便民服务电话号码一览</a></li></ul></div>"
_FOOT = "<div class=footer><a href=/map.html>网站地图导航页</a> 主办单位：清溪县人民政府办公室</div>"
_A = "春季植树活动在北山举行"
_B = "县城供水管网改造开工建设"
_C = "农村公路养护工作会议召开"
_DAYS = [date(2024, 3, 15), date(2024, 3, 12), date(2024, 2, 28)]

_LAYOUTS = {
    "表格": f"<table class=list><tr><th>标题</th><th>日期</th></tr><tr><td><a href=/a/1.html>{_A}</a></td><td>2024-03-15</td></tr><tr><td><a href=/a/2.html>{_B}</a></td><td>2024-03-12</td></tr><tr><td><a href=/a/3.html>{_C}</a></td><td>2024-02-28</td></tr></table>",
    "布局表格": f"<table><tr><td><table><tr><td>·<a href=/a/1.html>{_A}</a></td><td>[2024-03-15]</td></tr></table></td></tr><tr><td><table><tr><td>·<a href=/a/2.html>{_B}</a></td><td>[2024-03-12]</td></tr></table></td></tr><tr><td><table><tr><td>·<a href=/a/3.html>{_C}</a></td><td>[2024-02-28]</td></tr></table></td></tr></table>",
    "dt和dd": f"<dl class=news><dt><a href=/a/1.html>{_A}</a></dt><dd>2024-03-15</dd><dt><a href=/a/2.html>{_B}</a></dt><dd>2024-03-12</dd><dt><a href=/a/3.html>{_C}</a></dt><dd>2024-02-28</dd></dl>",
    "一行一个dl": f"<dl><dd><a href=/a/1.html>{_A}</a><span>2024-03-15</span></dd></dl><dl><dd><a href=/a/2.html>{_B}</a><span>2024-03-12</span></dd></dl><dl><dd><a href=/a/3.html>{_C}</a><span>2024-02-28</span></dd></dl>",
    "日期粘在题目后": f"<ul class=list><li><a href=/a/1.html>{_A}2024-03-15</a></li><li><a href=/a/2.html>{_B}2024-03-12</a></li><li><a href=/a/3.html>{_C}(2024-02-28)</a></li></ul>",
    "日期粘在题目前": f"<ul class=list><li><a href=/a/1.html>2024-03-15{_A}</a></li><li><a href=/a/2.html>2024-03-12 {_B}</a></li><li><a href=/a/3.html>[2024-02-28]{_C}</a></li></ul>",
    "日期在链接前": f"<ul class=list><li><span>2024/3/15</span><a href=/a/1.html>{_A}</a></li><li><span>2024/3/12</span><a href=/a/2.html>{_B}</a></li><li><span>2024/2/28</span><a href=/a/3.html>{_C}</a></li></ul>",
    "日在左年月在下": "".join(f"<div class=item><div class=d><b>{day}</b><i>{month}</i></div><div class=t><a href=/a/{n}.html>{title}</a></div></div>" for n, (day, month, title) in enumerate([("15", "2024-03", _A), ("12", "2024-03", _B), ("28", "2024-02", _C)], 1)),
    "题目下有摘要": "".join(f"<li><h4><a href=/a/{n}.html>{title}</a></h4><p>近日，县有关部门开展了专项工作，取得了阶段性成效，受到群众的普遍欢迎。</p><span>发布时间：{day}</span></li>" for n, (day, title) in enumerate([("2024-03-15", _A), ("2024-03-12", _B), ("2024-02-28", _C)], 1)),
    "div一行": "".join(f"<div class=row><div class=col><a href=/a/{n}.html target=_blank>{title}</a></div><div class=col>{day}</div></div>" for n, (day, title) in enumerate([("2024年03月15日", _A), ("2024年03月12日", _B), ("2024年02月28日", _C)], 1)),
    "单双行样式不同": "".join(f"<ul class=l><li class={'odd' if n % 2 else 'even'}><a href=/a/{n}.html>{title}</a>{day}</li></ul>" for n, (day, title) in enumerate([("2024.03.15", _A), ("2024.03.12", _B), ("2024.02.28", _C)], 1)),
    "大小写标签和换行": f"<UL><LI><A HREF='/a/1.html'>\n{_A}\n</A>\n&nbsp;&nbsp;2024-03-15\n</LI><LI><A HREF='/a/2.html'>\n{_B}</A>&nbsp;2024-03-12</LI><LI><A HREF='/a/3.html'>{_C}</A>&nbsp;2024-02-28</LI></UL>",
    "用br分行": f"<div class=list>·<a href=/a/1.html>{_A}</a> 2024-03-15<br>·<a href=/a/2.html>{_B}</a> 2024-03-12<br>·<a href=/a/3.html>{_C}</a> 2024-02-28<br></div>",
    "图片和题目各一个链接": "".join(f"<li><a href=/a/{n}.html><img src=/{n}.jpg></a><a href=/a/{n}.html>{title}</a><em>{day}</em></li>" for n, (day, title) in enumerate([("2024-03-15", _A), ("2024-03-12", _B), ("2024-02-28", _C)], 1)),
}  # fmt: skip


@pytest.mark.parametrize("name", _LAYOUTS)
def test_rows_and_days_of_a_layout(name: str) -> None:
    html = f"<html><body>{_MENU}<div class=main><h2>工作动态</h2>{_LAYOUTS[name]}<div class=page><a href=index_1.html>下一页</a></div></div>{_HOT}{_FOOT}</body></html>"
    read = read_page(html.encode(), url="http://127.0.0.1/xw/").listing(as_of=date(2024, 3, 20))
    assert [item.title for item in read.items] == [_A, _B, _C]
    assert [item.on for item in read.items] == _DAYS
    assert [item.url for item in read.items] == [f"http://127.0.0.1/a/{n}.html" for n in (1, 2, 3)]
    assert not any(item.inferred for item in read.items)
    assert read.next_pages == ("http://127.0.0.1/xw/index_1.html",)


def test_relative_addresses_start_at_the_base() -> None:
    html = f"<html><head><base href='http://127.0.0.1/new/'></head><body><ul><li><a href=1.html>{_A}</a> 2024-03-15</li><li><a href=../b/2.html>{_B}</a> 2024-03-12</li></ul><a href=p2.html>下一页</a></body></html>"
    read = read_page(html.encode(), url="http://127.0.0.1/old/list.html").listing()
    assert [item.url for item in read.items] == ["http://127.0.0.1/new/1.html", "http://127.0.0.1/b/2.html"]
    assert read.next_pages == ("http://127.0.0.1/new/p2.html",)


def test_full_and_short_days_side_by_side() -> None:
    rows = [("03-15", _A), ("03-12", _B), ("2023-12-28", _C), ("12-20", "冬季供暖保障会议在县城召开")]
    html = "<ul>" + "".join(f"<li><a href=/{n}.html>{t}</a><i>{d}</i></li>" for n, (d, t) in enumerate(rows)) + "</ul>"
    read = read_page(html.encode(), url="http://127.0.0.1/xw/").listing(as_of=date(2024, 3, 20))
    assert [(item.on, item.inferred) for item in read.items] == [
        (date(2024, 3, 15), True),
        (date(2024, 3, 12), True),
        (date(2023, 12, 28), False),
        (date(2023, 12, 20), True),
    ]


def test_a_row_without_a_day_keeps_its_place() -> None:
    html = f"<ul><li><a href=/1.html>{_A}</a><i>2024-03-15</i></li><li><a href=/2.html>{_B}</a></li><li><a href=/3.html>{_C}</a><i>2024-02-28</i></li></ul>"
    read = read_page(html.encode(), url="http://127.0.0.1/xw/").listing()
    assert [(item.title, item.on) for item in read.items] == [(_A, _DAYS[0]), (_B, None), (_C, _DAYS[2])]


def test_what_is_no_day_stays_unread() -> None:
    html = f"<ul><li><a href=/1.html>{_A}</a><i>2024-02-30</i></li><li><a href=/2.html>{_B}</a><i>13-45</i></li></ul>"
    read = read_page(html.encode(), url="http://127.0.0.1/xw/").listing(as_of=date(2024, 3, 20))
    assert [item.on for item in read.items] == [None, None]
