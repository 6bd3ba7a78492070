"""Links told apart: dead, soft-404, blocked, needs login, rate-limited, slow, unstable; only two failing looks make a dead one."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from duwang.flow.inspection import inspect
from duwang.flow.registry import load
from duwang.flow.settings import Settings
from kit.linked_site import findings, look
from kit.web import Answer, Asked, Reply, Web, page, serve
from kit.wide_process import served
from kit.wide_site import AS_OF, WideSite

pytestmark = pytest.mark.slow
TEXT = "<p>为做好防汛工作，县政府办公室印发通知，要求各乡镇落实责任，及时排查隐患，确保群众安全。</p>" * 4


@contextmanager
def site(answers: Mapping[str, Answer], *, links: str = "", inner: str = "") -> Iterator[Web]:
    """A home page with links to all answers and one article that repeats them."""
    hrefs = links or "".join(f"<p><a href='{path}'>去看{path}</a></p>" for path in answers)
    pages = {
        "/": page("云岭县", hrefs + "<a href='/inner.html'>内页</a>"),
        "/inner.html": page("内页", inner or hrefs + TEXT),
    }
    with serve({**pages, **answers}) as web:
        yield web


def article(title: str) -> str:
    return page(title, f"<h1>{title}</h1><div class='content'>{TEXT}</div>")


def test_every_class_of_failure(tmp_path: Path) -> None:
    seen: dict[str, int] = {}

    def once_broken(asked: Asked) -> Reply | str:
        seen[asked.path] = seen.get(asked.path, 0) + 1
        return Reply(b"x", status=500) if seen[asked.path] == 1 else article("又好了")

    answers: dict[str, Answer] = {
        "/gone": Reply(b"x", status=410),
        "/error": Reply(b"x", status=500),
        "/loop": Reply(status=302, headers={"Location": "/loop"}),
        "/forbidden": Reply(b"x", status=403),
        "/login-wanted": Reply(b"x", status=401),
        "/sent-to-login": Reply(status=302, headers={"Location": "/sso/login"}),
        "/sso/login": page("统一登录", "<form><input type='password'></form>"),
        "/many": Reply(b"x", status=429),
        "/soft": page("页面不存在", "<p>您访问的页面不存在</p>"),
        "/to-soft": Reply(status=302, headers={"Location": "/404.html"}),
        "/404.html": page("云岭县人民政府", "<p>3秒后返回首页</p>"),
        "/unstable": once_broken,
        "/good": article("好的"),
    }
    with site(answers, links="".join(f"<a href='{path}'>x</a>" for path in [*answers, "/missing"])) as web:
        states = look(web.root, tmp_path / "out")
    told = {url.removeprefix(web.root): state.verdict for url, state in states.items()}
    assert told == {
        "/gone": "dead", "/error": "dead", "/loop": "dead", "/missing": "dead", "/forbidden": "blocked", "/login-wanted": "needs-login",
        "/sent-to-login": "needs-login", "/many": "rate-limited", "/soft": "soft-404", "/to-soft": "soft-404", "/unstable": "unstable",
    }  # fmt: skip
    assert states[web.root + "/gone"].status == 410


def test_one_row_for_a_target_with_all_its_places(tmp_path: Path) -> None:
    with site({"/dead.html": Reply(b"", status=404)}) as web:
        states = look(web.root, tmp_path / "out")
    (finding,) = findings(tmp_path / "out", "reach/broken-link")
    assert states[web.root + "/dead.html"].places == (web.root, web.root + "/inner.html")
    assert finding["count"] == 2
    assert finding["url"] == web.root
    assert finding["facts"]["places"] == [web.root, web.root + "/inner.html"]
    assert finding["facts"]["dead_url"] == web.root + "/dead.html"


def test_pictures_attachments_and_styles_are_looked_at(tmp_path: Path) -> None:
    links = "<link rel='stylesheet' href='/s.css'><img src='/p.png'><a href='/f.pdf'>f</a><script src='/j.js'></script><img src='/ok.png'>"
    with site({"/ok.png": Reply(b"\x89PNG", headers={"Content-Type": "image/png"})}, links=links) as web:
        states = look(web.root, tmp_path / "out")
    told = {url.removeprefix(web.root): (state.kind, state.verdict) for url, state in states.items()}
    assert told == {
        "/s.css": ("style", "dead"),
        "/p.png": ("image", "dead"),
        "/f.pdf": ("attachment", "dead"),
        "/j.js": ("style", "dead"),
    }
    for check in ("reach/broken-image", "reach/broken-attachment", "reach/broken-link"):
        assert findings(tmp_path / "out", check)


def test_a_server_that_knows_no_head_is_asked_again(tmp_path: Path) -> None:
    def choosy(asked: Asked) -> Reply:
        return (
            Reply(b"", status=405)
            if asked.method == "HEAD"
            else Reply(b"\x89PNG", headers={"Content-Type": "image/png"})
        )

    with site({"/p.png": choosy}, links="<img src='/p.png'>") as web:
        assert look(web.root, tmp_path / "out") == {}


def test_the_second_look_keeps_the_pause_that_was_asked_for(tmp_path: Path) -> None:
    """An outside picture that is asked for too often opens after its pause: that is no fault of the site."""
    calls: list[float] = []

    def busy(asked: Asked) -> Reply:
        calls.append(time.monotonic())
        return (
            Reply(b"", status=429, headers={"Retry-After": "2"}) if len(calls) == 1 else Reply(article("好").encode())
        )

    with serve({"/a.html": busy}) as other, site({}, links=f"<a href='{other.root}/a.html'>x</a>") as web:
        states = look(web.root, tmp_path / "out")
    assert states[other.root + "/a.html"].verdict == "ok"
    assert calls[1] - calls[0] >= 1.95


def test_what_lies_outside_is_recorded(tmp_path: Path) -> None:
    hidden = "<div style='display:none'><a href='{root}/bet.html'>彩票</a></div>"
    with serve(
        {
            "/bet.html": page("澳门彩票", "<p>注册送彩金</p>"),
            "/moved": Reply(status=301, headers={"Location": "/bet.html"}),
        }
    ) as other:
        links = hidden.format(root=other.root) + f"<a href='{other.root}/moved'>合作单位</a>"
        with site({}, links=links, inner=TEXT) as web:
            states = look(web.root, tmp_path / "out")
    bet, moved = states[other.root + "/bet.html"], states[other.root + "/moved"]
    assert (bet.kind, bet.verdict, bet.hidden, bet.domain) == ("outbound", "ok", "display:none", "127.0.0.1")
    assert (bet.title, bet.text) == ("澳门彩票", "彩票")
    assert "注册送彩金" in bet.extract
    assert len(bet.sha256) == 64 and bet.sha256 == moved.sha256
    assert (moved.hidden, moved.final_url) == ("", other.root + "/bet.html")


def test_foreign_robots_are_obeyed_and_the_own_site_is_read_all_the_same(tmp_path: Path) -> None:
    closed = {"/robots.txt": Reply(b"User-agent: *\nDisallow: /", headers={"Content-Type": "text/plain"})}
    with serve({**closed, "/a.html": article("外")}) as other:
        with site(
            {**closed, "/mine.html": article("内")},
            links=f"<a href='{other.root}/a.html'>x</a><a href='/mine.html'>y</a>",
        ) as web:
            states = look(web.root, tmp_path / "out")
        assert other.paths() == ["/robots.txt"]
        assert "/mine.html" in web.paths()
    assert states[other.root + "/a.html"].verdict == "blocked"
    coverage = json.loads((tmp_path / "out" / "coverage.json").read_text("utf-8"))
    (seen,) = coverage.values()
    assert seen["pages"] == {"known": 3, "read": 3, "failed": {}}
    assert seen["notes"] == ["网站的robots规则不允许读取其中3页，按名录设置照常读取"]


def test_no_way_outside_is_not_the_fault_of_the_links(tmp_path: Path) -> None:
    names = "".join(f"<a href='http://www.unit{n}.none.gov.cn/'>单位{n}</a>" for n in range(6))
    with site(
        {}, links=names + "<a href='http://gone.invalid/'>x</a><a href='http://127.0.0.1:9/'>y</a>", inner=TEXT
    ) as web:
        states = look(web.root, tmp_path / "out")
    told = {url: state.verdict for url, state in states.items()}
    assert told.pop("http://gone.invalid/") == "dead"
    assert told.pop("http://127.0.0.1:9/") == "dead"
    assert set(told.values()) == {"unknown"}


def test_a_hundred_planted_dead_links_and_none_too_many(tmp_path: Path) -> None:
    wide = WideSite(articles=160, columns=4, chars=200, dead=100, forbidden=20, limited=20, slow=4, slow_seconds=17)
    with served(wide) as root:
        settings = Settings(
            out=tmp_path / "out", as_of=AS_OF, delay=0, allow_loopback=True, documents=False, registry_text="x"
        )
        inspect(load(str(wide.ledger(tmp_path / "ledger", root))), settings, progress=lambda message: None)
    found = findings(tmp_path / "out", "reach/broken-link")
    assert {line["facts"]["dead_url"] for line in found} == wide.dead_links(root)
    assert all(line["count"] == 2 for line in found)
