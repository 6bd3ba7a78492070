"""Pictures, sheets, sound and film in every way a page names them; and what only looks like an address."""

from __future__ import annotations

import pytest

from duwang.reading.page import read_page
from duwang.reading.stylesheet import imports, pictures

ROOT = "http://www.x.gov.cn"


def images_of(html: str) -> list[str]:
    page = read_page(f"<html><body>{html}</body></html>".encode(), url=f"{ROOT}/a/b.html")
    return [image.url.removeprefix(ROOT) for image in page.images]


def links_of(html: str) -> list[tuple[str, str]]:
    page = read_page(f"<html><head>{html}</head></html>".encode(), url=f"{ROOT}/a/b.html")
    return [(link.url.removeprefix(ROOT), link.role) for link in page.links]


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        ("<img src='p.png'>", ["/a/p.png"]),
        ("<img src='/loading.gif' data-original='/real.jpg'>", ["/loading.gif", "/real.jpg"]),
        ("<img data-src='/lazy.jpg'>", ["/lazy.jpg"]),
        ("<img src='data:image/gif;base64,R0l' data-lazy-src='/l.jpg'>", ["/l.jpg"]),
        ("<img src='/s.jpg' srcset='/m.jpg 1.5x, /l.jpg 2x'>", ["/s.jpg", "/m.jpg", "/l.jpg"]),
        ("<img srcset='/w,200.jpg 200w,/w,400.jpg 400w'>", ["/w,200.jpg", "/w,400.jpg"]),
        ("<picture><source srcset='/p.webp' type='image/webp'><img src='/p.jpg'></picture>", ["/p.webp", "/p.jpg"]),
        ("<video poster='/cover.jpg'></video>", ["/cover.jpg"]),
        ("<input type=image src='/go.png'>", ["/go.png"]),
        ("<table background='/bg.gif'><tr><td></td></tr></table>", ["/bg.gif"]),
        ("<div style='background-image: url(/i.png)'></div>", ["/i.png"]),
        ("<div style='background:#fff url(\"/j.png\") no-repeat'></div>", ["/j.png"]),
        ("<style>.k{background:url(/k.png)}</style><div class='k'></div>", ["/k.png"]),
        ("<style>.k:hover::before{content:url('/h.png')}</style><div class='k'></div>", ["/h.png"]),
        ("<style>.unused{background:url(/u.png)}</style>", []),
        ("<style>@font-face{font-family:f;src:url(/f.woff)}</style>", []),
        ("<div style='background:url(data:image/png;base64,iVBO)'></div>", []),
        ("<img src=''><img src='{{item.cover}}'><img :src='x'><img src='${pic}'>", []),
    ],
)
def test_pictures(html: str, wanted: list[str]) -> None:
    assert images_of(html) == wanted


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        ("<map><area href='/area.html'></map>", [("/area.html", "content")]),
        ("<iframe src='/in.html'></iframe>", [("/in.html", "content")]),
        ("<meta http-equiv='refresh' content='0; url=/next.html'>", [("/next.html", "content")]),
        ("<meta http-equiv=Refresh content='300'>", []),
        ("<style>@import url('/i.css'); @import \"/j.css\" screen; @import '/p.css' print;</style>", [("/i.css", "style"), ("/j.css", "style")]),
        ("<video src='/v.mp4'></video><audio><source src='/s.mp3'></audio>", [("/v.mp4", "media"), ("/s.mp3", "media")]),
        ("<a href='{{ url }}'>x</a><a href='javascript:void(0)'>y</a>", []),
    ],
)  # fmt: skip
def test_links(html: str, wanted: list[tuple[str, str]]) -> None:
    assert links_of(html) == wanted


def test_frames() -> None:
    page = read_page(b"<html><frameset><frame src='/left.html'><frame src='/main.html'></frameset></html>", url=ROOT)
    assert [link.url for link in page.links] == [f"{ROOT}/left.html", f"{ROOT}/main.html"]


def test_a_sheet() -> None:
    css = """/* url(/comment.png) */ @import "base.css"; @charset "utf-8";
    .a, .b > li { color: red; background: url( 'a.png' ) }
    @media (max-width: 600px) { .c{background-image:url(c.png)} }
    @font-face { font-family: x; src: url(x.eot) }
    .d::after { content: ""; list-style: square url("d.gif") }
    .e { behavior: url(pie.htc); filter: url(#blur) }"""
    assert list(imports(css)) == ["base.css"]
    assert [(one.url, one.selector) for one in pictures(css)] == [
        ("a.png", ".a,.b > li"), ("c.png", ".c"), ("d.gif", ".d"),
    ]  # fmt: skip
