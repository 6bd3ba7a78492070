"""Which pictures of an article are worth being fetched and read."""

from __future__ import annotations

import pytest

from duwang.model.material import Image
from duwang.reading.page import read_page
from duwang.reading.pictures import worth

AT = "http://www.x.gov.cn/upload/"


@pytest.mark.parametrize(
    ("name", "alt", "size", "title", "chars", "wanted"),
    [
        ("1.jpg", "", None, "县领导调研防汛", 900, 1),
        ("1.jpg", "", None, "2024年第三季度低保人员名单公示", 900, 4),
        ("1.jpg", "", None, "2024年第三季度低保人员名单公示", 20, 6),
        ("1.jpg", "", None, "县领导调研防汛", 199, 3),
        ("1.jpg", "", None, "县领导调研防汛", 200, 1),
        ("mingdan.png", "", None, "通知", 900, 4),
        ("a1b2.png", "公示名单", None, "通知", 900, 4),
        ("qr.png", "扫码报名", (120, 120), "通知", 900, 4),
        ("icon_doc.png", "", None, "名单公示", 900, 0),
        ("logo.png", "", None, "通知", 900, 0),
        ("lineup.png", "", None, "通知", 900, 1),
        ("btn-download.png", "", None, "通知", 900, 0),
        ("anim.gif", "", None, "名单公示", 900, 0),
        ("line.svg", "", None, "名单公示", 900, 0),
        ("GetImage?id=7", "", None, "通知", 900, 1),
        ("1.jpg", "", (59, 300), "通知", 900, 0),
        ("1.jpg", "", (60, 300), "通知", 900, 1),
        ("1.jpg", "", (1200, 100), "通知", 900, 1),
        ("1.jpg", "", (1201, 100), "通知", 900, 0),
    ],
)
def test_worth(name: str, alt: str, size: tuple[int, int] | None, title: str, chars: int, wanted: int) -> None:
    assert worth(Image(AT + name, alt, size=size), title=title, chars=chars) == wanted


def test_the_size_is_what_the_page_says() -> None:
    body = "<p>为做好防汛工作，县政府办公室印发通知，要求各乡镇落实责任，及时排查隐患。</p>" * 9
    html = f"<div class='content'>{body}<img src='/a.png' width='30px' height=20><img src='/b.png' width='50%'></div>"
    assert [image.size for image in read_page(html.encode(), url=AT).document().images] == [(30, 20), None]
