"""What pages of one column teach about where the article stands."""

from __future__ import annotations

from duwang.reading.learned import learned
from duwang.reading.page import Page, read_page

_ASIDE = "<div class=zn><p>办事群众请注意，政务服务中心周一至周五对外服务，节假日实行预约办理，请携带有效证件，按照窗口指引有序办理。</p></div>"
_LONG = "<p>县政府召开常务会议，研究部署春季造林和防汛备汛工作，审议了有关文件，并对下一步工作提出了明确要求。</p><p>会议强调，要压实责任，确保各项工作落到实处。</p>"


def _page(body: str, *, template: str = "", number: int = 1) -> Page:
    html = f"<html><head><title>通知</title></head><body><div class=main><h1>关于召开会议的通知</h1><div class='con con{number}' id=c{number}>{body}</div>{_ASIDE}</div></body></html>"
    return read_page(html.encode(), url="http://127.0.0.1/a/1.html", template=template)


def test_a_short_article_is_found_where_the_others_are() -> None:
    template = learned([_page(_LONG, number=n).holder for n in range(4)])
    assert template == "div.con#c < div.main"
    short = "<p>会议改期，另行通知</p>"
    assert "政务服务中心" in _page(short).document().body
    assert _page(short, template=template).document().body == "会议改期，另行通知"


def test_nothing_is_taught_by_few_or_by_pages_that_differ() -> None:
    assert learned(["div.con < body"] * 2) == ""
    assert learned(["div.a < body"] * 3 + ["div.b < body"] * 3) == ""
    assert learned(["div < body"] * 9) == ""  # names nothing: it would fit anywhere
    assert learned(["div.a < body"] * 6 + ["div.b < body"] * 4) == "div.a < body"


def test_a_page_without_that_element_or_with_a_part_of_it_is_read_its_own_way() -> None:
    own = _page(_LONG).document().body
    assert _page(_LONG, template="div.other < body").document().body == own
    assert _page(_LONG, template="div.main < body").document().body == own
