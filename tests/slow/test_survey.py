"""`duwang links`: every class of failure told apart, every planted dead link found, nothing said wrongly."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from duwang.cli import main
from duwang.flow.surveying import Asked, survey
from kit.web import Answer, Reply, page, serve
from kit.web import Asked as Request
from kit.wide_process import served
from kit.wide_site import WideSite

pytestmark = pytest.mark.slow
TEXT = "<p>为做好防汛工作，县政府办公室印发通知，要求各乡镇落实责任，及时排查隐患，确保群众安全。</p>" * 4
PNG = Reply(b"\x89PNG\r\n\x1a\n", headers={"Content-Type": "image/png"})


def test_every_class_of_failure() -> None:
    seen: dict[str, int] = {}

    def once_broken(asked: Request) -> Reply:
        seen[asked.path] = seen.get(asked.path, 0) + 1
        return Reply(b"x", status=500) if seen[asked.path] == 1 else Reply(page("好", TEXT).encode())

    answers: dict[str, Answer] = {
        "/gone": Reply(b"x", status=410), "/error": Reply(b"x", status=500), "/loop": Reply(status=302, headers={"Location": "/loop"}),
        "/forbidden": Reply(b"x", status=403), "/login-wanted": Reply(b"x", status=401),
        "/sent-to-login": Reply(status=302, headers={"Location": "/sso/login"}),
        "/sso/login": page("统一登录", "<form><input type='password'></form>"), "/many": Reply(b"x", status=429), "/busy": Reply(b"x", status=503),
        "/soft": page("页面不存在", "<p>您访问的页面不存在</p>"), "/unstable": once_broken, "/good": page("好", TEXT),
    }  # fmt: skip
    hrefs = "".join(f"<a href='{path}'>x</a>" for path in [*answers, "/missing"])
    with serve(
        {
            "/": page("云岭县", hrefs + "<a href='/inner.html'>内页</a>"),
            "/inner.html": page("内页", hrefs + TEXT),
            **answers,
        }
    ) as web:
        record = survey(Asked(web.root, allow_loopback=True)).record()
    told = {line["url"].removeprefix(web.root): line["class"] for line in record["dead"] + record["others"]}
    assert told == {
        "/gone": "dead", "/error": "dead", "/loop": "dead", "/missing": "dead", "/forbidden": "blocked", "/login-wanted": "needs-login",
        "/sent-to-login": "needs-login", "/many": "rate-limited", "/busy": "rate-limited", "/soft": "soft-404", "/unstable": "unstable",
    }  # fmt: skip
    gone = next(line for line in record["dead"] if line["url"].endswith("/gone"))
    assert (gone["places"], gone["count"]) == ([web.root, f"{web.root}/inner.html"], 2)


def test_sheets_pictures_frames_and_film() -> None:
    home = """<link rel=stylesheet href='/s.css'><img src='/ok.png' srcset='/x2.png 2x'><video src='/v.mp4' poster='/ok.png'></video>
    <iframe src='/frame.html'></iframe><a href='/f.pdf'>f</a><img src='{{x}}'>"""
    answers: dict[str, Answer] = {
        "/": page("首页", home), "/ok.png": PNG, "/frame.html": page("框", "<meta http-equiv=refresh content='9;url=/later.html'>"),
        "/s.css": Reply(b"@import 'i.css'; .k{background:url(/bg.png)}", headers={"Content-Type": "text/css"}),
    }  # fmt: skip
    with serve(answers) as web:
        record = survey(Asked(web.root, allow_loopback=True)).record()
    assert {(line["url"].removeprefix(web.root), line["kind"]) for line in record["dead"]} == {
        ("/x2.png", "image"), ("/v.mp4", "media"), ("/f.pdf", "attachment"), ("/later.html", "page"), ("/i.css", "style"), ("/bg.png", "image"),
    }  # fmt: skip


def test_a_hundred_planted_and_none_too_many() -> None:
    wide = WideSite(articles=400, columns=4, chars=200, dead=100, forbidden=20, limited=20, slow=2, slow_seconds=17)
    with served(wide) as root:
        told = CliRunner().invoke(main, ["links", root + "/", "--delay", "0", "--allow-loopback", "--json"])
        assert told.exit_code == 0, told.output
        record = json.loads(told.stdout)
        assert {line["url"] for line in record["dead"]} == wide.dead_links(root)
        assert all(line["count"] == 2 for line in record["dead"])
        assert {line["class"] for line in record["others"]} == {"blocked", "rate-limited", "slow"}


def test_words_for_people(tmp_path: Path) -> None:
    with serve({"/": page("首页", "<a href='/gone.html'>x</a>" + TEXT)}) as web:
        told = CliRunner().invoke(main, ["links", web.root, "--delay", "0", "--allow-loopback"])
        refused = CliRunner().invoke(main, ["links", web.root, "--delay", "0"])
    assert told.stdout == f"失效\t{web.root}/gone.html\t服务器返回404\t在 {web.root}\n"
    assert "失效1个" in told.stderr
    assert refused.stdout.startswith("拒绝访问") and "未获准访问" in refused.stdout
    assert CliRunner().invoke(main, ["links", "www.x.gov.cn"]).exit_code == 2
