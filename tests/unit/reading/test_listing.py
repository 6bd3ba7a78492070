"""List pages: rows, dates and years, titles cut short, what is no list, and where it goes on."""

from __future__ import annotations

from datetime import date

from duwang.reading.listing import ListingPage
from duwang.reading.page import read_page

_AS_OF = date(2024, 3, 20)


def _list(body: str, url: str = "http://127.0.0.1/xw/index.html") -> ListingPage:
    return read_page(f"<html><head><meta charset=utf-8></head><body>{body}</body></html>".encode(), url=url).listing(
        as_of=_AS_OF
    )


def _rows(*rows: tuple[str, str, str]) -> str:
    return (
        "<ul class=list>"
        + "".join(f"<li><a href='{url}'>{title}</a><span>{day}</span></li>" for url, title, day in rows)
        + "</ul>"
    )


def test_years_are_inferred_from_new_to_old_and_marked() -> None:
    read = _list(
        _rows(
            ("1.htm", "春季植树活动在北山举行", "03-15"),
            ("2.htm", "县城供水管网改造开工", "01-04"),
            ("3.htm", "冬季供暖保障会议召开", "12-28"),
        )
    )
    assert [(item.on, item.inferred) for item in read.items] == [
        (date(2024, 3, 15), True),
        (date(2024, 1, 4), True),
        (date(2023, 12, 28), True),
    ]


def test_a_row_out_of_order_does_not_move_the_year() -> None:
    read = _list(
        _rows(
            ("1.htm", "春季植树活动在北山举行", "[03-12]"),
            ("2.htm", "县城供水管网改造开工", "[03-15]"),
            ("3.htm", "冬季供暖保障会议召开", "[02-28]"),
        )
    )
    assert [item.on for item in read.items] == [date(2024, 3, 12), date(2024, 3, 15), date(2024, 2, 28)]


def test_a_day_still_to_come_belongs_to_last_year() -> None:
    read = _list(_rows(("1.htm", "春季植树活动在北山举行", "03-21"), ("2.htm", "县城供水管网改造开工", "03-20")))
    assert [item.on for item in read.items] == [date(2023, 3, 21), date(2023, 3, 20)]


def test_the_address_knows_the_year_better() -> None:
    read = _list(
        _rows(
            ("202203/t20220315_1.html", "春季植树活动在北山举行", "03-15"),
            ("202203/t20220310_2.html", "县城供水管网改造开工", "03-10"),
        )
    )
    assert [item.on for item in read.items] == [date(2022, 3, 15), date(2022, 3, 10)]


def test_a_title_cut_short_is_completed_and_menus_are_no_rows() -> None:
    menu = "<div class=nav><ul><li><a href=/a/>政务公开栏目导航</a></li><li><a href=/b/>办事服务栏目导航</a></li></ul></div>"
    rows = "<ul><li><a href=1.htm title='全县农村公路养护工作会议在县城召开'>全县农村公路养护…</a> 2024-03-15</li><li><a href=2.htm>县城供水管网改造工程开工</a> 2024-03-12</li></ul>"
    foot = "<div class=footer><a href=/map/>网站地图</a> 主办单位：清溪县人民政府办公室</div>"
    read = _list(menu + rows + foot)
    assert [item.title for item in read.items] == ["全县农村公路养护工作会议在县城召开", "县城供水管网改造工程开工"]


def test_where_a_list_goes_on() -> None:
    rows = _rows(("1.htm", "春季植树活动在北山举行", "2024-03-15"), ("2.htm", "县城供水管网改造开工", "2024-03-12"))
    pager = "<a href='index_2.html'>2</a><a href='index_1.html'>下一页</a><a href='javascript:void(0)'>尾页</a>"
    assert _list(rows + pager).next_pages[0] == "http://127.0.0.1/xw/index_1.html"
    assert _list(rows).next_pages == ()


def test_a_list_made_by_script_is_told_from_an_empty_one() -> None:
    scripted = "<div id=list></div><script>$.ajax({url:'/api/list'})</script>"
    assert _list(scripted).script_made
    assert not _list("<div id=list>暂无信息</div><script>$.ajax({url:'/api/hits'})</script>").script_made
    assert not _list("<p>栏目建设中</p>").script_made
