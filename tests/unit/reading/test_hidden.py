"""Links that cannot be seen, by every common trick; and near misses that can."""

from __future__ import annotations

import pytest

from duwang.reading.page import read_page

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
    ],
)  # fmt: skip
def test_ways_of_hiding(html: str, way: str) -> None:
    page = read_page(f"<html><body>{html}</body></html>".encode(), url="http://www.x.gov.cn/a.html")
    (link,) = [link for link in page.links if "bet" in link.url]
    assert link.hidden == way
