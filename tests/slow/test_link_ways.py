"""Every way a page names what it needs, on a whole run: style sheets and what they import and show, lazy and responsive pictures,
frames, areas, meta refresh, sound and film."""

from __future__ import annotations

from pathlib import Path

import pytest

from kit.linked_site import findings, look
from kit.web import Answer, Reply, page, serve

pytestmark = pytest.mark.slow
PNG = Reply(b"\x89PNG\r\n\x1a\n", headers={"Content-Type": "image/png"})
TEXT = "<p>为做好防汛工作，县政府办公室印发通知，要求各乡镇落实责任，及时排查隐患，确保群众安全。</p>" * 4


def css(text: str) -> Reply:
    return Reply(text.encode(), headers={"Content-Type": "text/css"})


def run(tmp_path: Path, home: str, answers: dict[str, Answer], *, inner: str = "") -> tuple[str, Path]:
    pages: dict[str, Answer] = {
        "/": page("云岭县", home + "<a href='/inner.html'>内页</a>"),
        "/inner.html": page("内页", inner + TEXT),
    }
    with serve({**pages, **answers}) as web:
        look(web.root, tmp_path / "out")
        return web.root, tmp_path / "out"


def dead(out: Path, check: str, root: str) -> set[str]:
    return {line["facts"]["dead_url"].removeprefix(root) for line in findings(out, check)}


def test_sheets_their_imports_and_their_pictures(tmp_path: Path) -> None:
    sheet = """@import "more/base.css"; @import url(gone.css);
    .head{background:url(img/gone.png)} .foot{background:url(img/ok.png)} .nowhere{background:url(img/unused.png)}
    .head:hover{background:url("img/hover.png")} @font-face{font-family:f;src:url(f.woff)}"""
    answers: dict[str, Answer] = {
        "/s/site.css": css(sheet), "/s/more/base.css": css(".head li{list-style:url(../img/dot.gif)}"), "/s/img/ok.png": PNG,
    }  # fmt: skip
    home = (
        "<link rel='stylesheet' href='/s/site.css'><div class='head'><ul><li>一</li></ul></div><div class='foot'></div>"
    )
    root, out = run(tmp_path, home, answers, inner="<link rel='stylesheet' href='/s/site.css'><div class='foot'></div>")
    assert dead(out, "reach/broken-link", root) == {"/s/gone.css"}
    assert dead(out, "reach/broken-image", root) == {"/s/img/gone.png", "/s/img/hover.png", "/s/img/dot.gif"}
    (one,) = [line for line in findings(out, "reach/broken-image") if line["facts"]["dead_url"].endswith("/gone.png")]
    assert (one["facts"]["places"], one["count"], one["facts"]["first_level"]) == ([root], 1, True)
    (both,) = findings(out, "reach/broken-link")
    assert both["facts"]["places"] == [root, f"{root}/inner.html"]


def test_a_sheet_is_asked_for_once(tmp_path: Path) -> None:
    pages: dict[str, Answer] = {
        "/": page("首页", "<link rel='stylesheet' href='/s.css'><a href='/a.html'>a</a><a href='/b.html'>b</a>"),
        **{path: page("页", "<link rel=stylesheet href=/s.css>" + TEXT) for path in ("/a.html", "/b.html")},
        "/s.css": css(".k{color:red}"),
    }
    with serve(pages) as web:
        look(web.root, tmp_path / "out")
        assert web.paths().count("/s.css") == 1


def test_pictures_in_every_dress(tmp_path: Path) -> None:
    home = """<img src='/ok.png' data-original='/lazy.png'><img src='/ok.png' srcset='/x1.png 1x, /x2.png 2x'>
    <picture><source srcset='/p.webp'><img src='/ok.png'></picture><video poster='/poster.jpg' src='/v.mp4'></video>
    <div style="background:url('/inline.png')"></div><style>.k{background:url(/block.png)}.none{background:url(/none.png)}</style><p class='k'></p>
    <img src='data:image/png;base64,iVBORw0KGgo='><img src='{{cover}}'>"""
    root, out = run(tmp_path, home, {"/ok.png": PNG, "/x1.png": PNG})
    assert dead(out, "reach/broken-image", root) == {
        "/lazy.png", "/x2.png", "/p.webp", "/poster.jpg", "/inline.png", "/block.png",
    }  # fmt: skip
    assert dead(out, "reach/broken-link", root) == {"/v.mp4"}


def test_frames_areas_and_refresh_are_followed(tmp_path: Path) -> None:
    home = """<iframe src='/frame.html'></iframe><map><area href='/area.html'></map><map><area href='/gone-area.html'></map>
    <iframe src='/gone-frame.html'></iframe>"""
    frame = page("框", "<meta http-equiv='refresh' content='600; url=/gone-later.html'>" + TEXT)
    root, out = run(
        tmp_path, home, {"/frame.html": frame, "/area.html": page("区", TEXT + "<a href='/gone-deep.html'>x</a>")}
    )
    assert dead(out, "reach/broken-link", root) == {
        "/gone-area.html", "/gone-frame.html", "/gone-later.html", "/gone-deep.html",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("sheet", "found"),
    [
        (".far{position:absolute;left:-9999px}", True),
        (".far{width:0;height:0;overflow:hidden}", True),
        (".far a{color:#fff;background:#fff}", True),
        (".far{color:#333}", False),
        (".far{display:none}", False),
        (".far{position:absolute;left:-9999px} .menu .far{left:0}", False),
    ],
)
def test_links_hidden_by_a_linked_sheet(sheet: str, found: bool, tmp_path: Path) -> None:
    home = "<link rel='stylesheet' href='/s.css'><div class='menu'><div class='far'><a href='http://shop.example.invalid/'>便宜手表</a></div></div>"
    pages: dict[str, Answer] = {"/": page("首页", home), "/s.css": css(sheet)}
    with serve(pages) as web:
        look(web.root, tmp_path / "out", checks=("security/hidden-link",))
    assert bool(findings(tmp_path / "out", "security/hidden-link")) is found
