"""Links that cannot be seen, by every common trick; and near misses that can."""

from __future__ import annotations

import pytest

from duwang.reading.page import read_page
from duwang.reading.styling import sheet

A = '<a href="http://bet.example.com/">彩票</a>'


@pytest.mark.parametrize(
    ("html", "way"),
    [
        (f'<div style="display:none">{A}</div>', "display:none"),
        (f"<div style='DISPLAY : NONE'><p><span>{A}</span></p></div>", "display:none"),
        (f'<div style="visibility:hidden">{A}</div>', "display:none"),
        (f'<p style="opacity:0">{A}</p>', "display:none"),
        (f"<div hidden>{A}</div>", "display:none"),
        ('<a style="display:none" href="http://bet.example.com/">x</a>', "display:none"),
        (f"<style>.k {{ display:none }}</style><div class='k'>{A}</div>", "display:none"),
        (f"<style>/* x */ #k, .z {{display: none;}}</style><div id='k'>{A}</div>", "display:none"),
        (f'<div style="position:absolute;left:-9999px">{A}</div>', "off-screen"),
        (f'<div style="position: fixed; top: -2000px;">{A}</div>', "off-screen"),
        (f'<div style="text-indent:-9999px">{A}</div>', "off-screen"),
        (f'<div style="height:1px;width:1px;overflow:hidden">{A}</div>', "zero-size"),
        (f'<div style="font-size:0">{A}</div>', "zero-size"),
        (f'<marquee height="1" width="4" scrollamount="3000">{A}</marquee>', "zero-size"),
        (f'<div style="background:#ffffff"><span style="color:#fff;background-color:#FFFFFF">{A}</span></div>', "same-colour"),
        (f'<div id="bz">{A}</div><script>document.getElementById("bz").style.display="none"</script>', "script-hidden"),
        (f'<div style="width:0;height:0;overflow:hidden">{A}</div>', "zero-size"),
        ('<div style="background:#fff"><a style="color:#FFF" href="http://bet.example.com/">x</a></div>', "same-colour"),
        ('<table bgcolor="#ffffff"><tr><td><a href="http://bet.example.com/"><font color="white">x</font></a></td></tr></table>', "same-colour"),
        ('<div style="background:rgb(255,255,255)"><p><a style="color:#fff" href="http://bet.example.com/">x</a></p></div>', "same-colour"),
        ('<p><a style="color:#fff" href="http://bet.example.com/">x</a></p>', "same-colour"),
        (f"<style>.w{{background:#fff}} .w a{{color:#ffffff}}</style><div class='w'>{A}</div>", "same-colour"),
        (f"<style>.out{{position:absolute;left:-9000px}}</style><div class='out'><ul><li>{A}</li></ul></div>", "off-screen"),
        (f"<style>.t{{font-size:0}}</style><div class='t'>{A}</div>", "zero-size"),
        (A, ""),
        (f'<div style="display:block">{A}</div>', ""),
        (f'<div style="opacity:0.5">{A}</div>', ""),
        (f'<div style="position:absolute;left:-20px">{A}</div>', ""),
        (f'<div style="height:1px">{A}</div>', ""),
        (f'<div style="font-size:10px;line-height:1.5">{A}</div>', ""),
        (f'<div style="color:#fff;background:#c00">{A}</div>', ""),
        (f"<style>.k{{display:none}} .k{{display:block}}</style><div class='k'>{A}</div>", ""),
        (f"<style>@media print {{ .k{{display:none}} }}</style><div class='k'>{A}</div>", ""),
        (f'<div style="display:none">{A}</div>{A}', ""),
        # what looks alike and is honest
        ('<p style="background:#c00"><a style="color:#fff" href="http://bet.example.com/">x</a></p>', ""),
        ('<p style="background:url(banner.jpg)"><a style="color:#fff" href="http://bet.example.com/">x</a></p>', ""),
        ('<p style="position:absolute;top:20px"><a style="color:#fff" href="http://bet.example.com/">x</a></p>', ""),
        ('<link rel="stylesheet" href="/s.css"><p><a style="color:#fff" href="http://bet.example.com/">x</a></p>', ""),
        ('<div style="background:#fff"><a style="color:#fff" href="http://bet.example.com/"><img src="/logo.png"></a></div>', ""),
        (f"<style>ul{{font-size:0}} ul li{{font-size:14px}}</style><ul><li>{A}</li></ul>", ""),
        ('<div style="font-size:0"><a href="http://bet.example.com/"><img src="/a.png"></a></div>', ""),
        (f'<div style="font-size:1rem">{A}</div>', ""),
        (f'<div style="font-size:.8em">{A}</div>', ""),
        (f'<div style="width:1%;overflow:hidden">{A}</div>', ""),
        (f"<style>.logo a{{text-indent:-9999px;background:url(logo.png)}}</style><h1 class='logo'>{A}</h1>", ""),
        (f"<style>.sub{{height:0;overflow:hidden}}</style><div class='sub'>{A}</div>", "display:none"),
        (f'<div style="position:fixed;right:-300px">{A}</div>', "display:none"),
        (f'<div style="position:fixed;right:-90px">{A}</div>', ""),
        (f'<div id="ad">{A}<a onclick="document.getElementById(\'ad\').style.display=\'none\'">关闭</a></div>', ""),
        (f'<div id="ad">{A}</div><script>function shut(){{document.getElementById("ad").style.display="none"}}</script>', ""),
        (f'<div id="m">{A}</div><script>document.getElementById("m").style.display="none";</script><b onclick="document.getElementById(\'m\').style.display=\'block\'">', "display:none"),
        (f"<style>.k.z{{position:absolute;left:-9999px}}</style><div class='k'>{A}</div>", ""),
        (f"<style>.out{{position:absolute;left:-9000px}} #here{{left:0}}</style><div class='out' id='here'>{A}</div>", ""),
    ],
)  # fmt: skip
def test_ways_of_hiding(html: str, way: str) -> None:
    page = read_page(f"<html><body>{html}</body></html>".encode(), url="http://www.x.gov.cn/a.html")
    (link,) = [link for link in page.links if "bet" in link.url]
    assert link.hidden == way


def test_linked_sheets_are_known() -> None:
    body = f"<html><body><link rel='stylesheet' href='/s.css'><div class='deep'><p>{A}</p></div></body></html>".encode()
    sheets = sheet(".deep{position:absolute;left:-5000px}")
    for known, way in ((None, ""), (sheets, "off-screen")):
        (link,) = [
            link for link in read_page(body, url="http://www.x.gov.cn/", sheets=known).links if "bet" in link.url
        ]
        assert link.hidden == way


def test_white_letters_need_every_sheet_known() -> None:
    """Without any ground the paper is white; a sheet that was not read may say otherwise."""
    body = b"<html><body><p><a style='color:#fff' href='http://bet.example.com/'>x</a></p></body></html>"
    for whole, way in ((True, "same-colour"), (False, "")):
        page = read_page(body, url="http://www.x.gov.cn/", sheets=sheet("p{margin:0}", whole=whole))
        assert [link.hidden for link in page.links] == [way]


def test_links_inside_the_site_are_not_looked_at() -> None:
    html = "<div style='display:none'><a href='http://www.x.gov.cn/b.html'>b</a><a href='/c.html'>c</a></div>"
    assert [link.hidden for link in read_page(html.encode(), url="http://www.x.gov.cn/a.html").links] == ["", ""]
