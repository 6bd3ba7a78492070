"""What only a browser shows, on loopback sites: notices on leaving, faults that axe-core sees, lists that scripts make. And what is
said where there is no browser."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from duwang.capture.browser import browser_program
from duwang.capture.browser_axe import axe_missing
from duwang.flow import browsing, inspection
from duwang.flow.inspection import inspect
from duwang.flow.registry import load
from duwang.flow.settings import Settings
from kit.linked_site import findings
from kit.one_site import TEXT, ledger
from kit.web import Answer, Reply, page, serve

pytestmark = pytest.mark.slow
needs_browser = pytest.mark.skipif(not browser_program(), reason="没有浏览器：要装可选件 browser 和系统的 chromium")
needs_axe = pytest.mark.skipif(bool(axe_missing()), reason="没有安装 axe-core（可选件 browser）")
OUTSIDE = "<a href='http://shop.example.invalid/'>某某商城</a>"
NOTICE, ACCESS = "reach/outlink-notice", "function/accessibility"


def look(tmp_path: Path, pages: Mapping[str, Answer], *checks: str, root: str = "") -> dict[str, dict[str, Any]]:
    """Inspect a small site; outcomes by check and target's last part."""
    with serve(pages) as web:
        registry = load(str(ledger(tmp_path / "ledger", web.root + "/"))) if root == "ledger" else load(web.root)
        settings = Settings(out=tmp_path / "out", as_of=date(2024, 9, 30), delay=0, allow_loopback=True, documents=False,
                            registry_text="x", checks=checks, check_links=False, browser_pages=6)  # fmt: skip
        inspect(registry, settings, progress=lambda message: None)
    lines = map(json.loads, (tmp_path / "out" / "outcomes.jsonl").read_text("utf-8").splitlines())
    return {line["check"]: line for line in lines}


def without_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inspection, "browser_program", lambda: "")
    monkeypatch.setattr(browsing, "browser_program", lambda: "")


@needs_browser
@pytest.mark.parametrize(
    ("name", "script", "status"),
    [
        ("confirm", "document.onclick = e => { if (e.target.href && !confirm('您访问的链接即将离开本网站，是否继续？')) e.preventDefault() }", "CLEAN"),
        ("layer", "document.onclick = e => { e.preventDefault(); const d = document.createElement('div'); "
                  "d.innerText = '您即将离开云岭县人民政府网站'; document.body.append(d) }", "CLEAN"),
        ("jump", "document.onclick = e => { e.preventDefault(); location = '/jump.html?url=' + e.target.href }", "CLEAN"),
        ("window", "document.onclick = e => { e.preventDefault(); window.open('/jump.html?url=' + e.target.href) }", "CLEAN"),
        ("nothing", "", "FOUND"),
        ("other words", "document.onclick = e => { alert('欢迎光临') }", "FOUND"),
        ("dead end", "document.onclick = e => e.preventDefault()", "UNKNOWN"),
    ],
)  # fmt: skip
def test_leaving(name: str, script: str, status: str, tmp_path: Path) -> None:
    jump = page("跳转提示", "<p>您访问的链接即将离开本网站，是否继续？</p>")
    pages: dict[str, Answer] = {
        "/": page("首页", OUTSIDE + f"<script>{script}</script>"),
        "/jump.html?url=http://shop.example.invalid/": jump,
    }
    assert look(tmp_path, pages, NOTICE)[NOTICE]["status"] == status


@needs_browser
def test_a_link_in_a_new_window_leads_out_without_notice(tmp_path: Path) -> None:
    pages: dict[str, Answer] = {"/": page("首页", OUTSIDE.replace("<a ", "<a target='_blank' "))}
    assert look(tmp_path, pages, NOTICE)[NOTICE]["status"] == "FOUND"


@pytest.mark.parametrize(
    ("home", "answers", "status"),
    [
        (OUTSIDE + "<script>function out(){return confirm('您访问的链接即将离开“云岭县人民政府”门户网站，是否继续？')}</script>", {}, "CLEAN"),
        (OUTSIDE + "<div style='display:none'>您即将离开本网站</div>", {}, "CLEAN"),
        (OUTSIDE + "<script src='/out.js'></script>", {"/out.js": "var t='\\u60a8\\u5373\\u5c06\\u79bb\\u5f00\\u672c\\u7f51\\u7ad9'"}, "CLEAN"),
        (OUTSIDE + "<p>请勿轻易离开座位，网站正在维护</p>", {}, "UNKNOWN"),
        (OUTSIDE, {}, "UNKNOWN"),
        ("<a href='http://www.gov.cn/'>中国政府网</a>", {}, "SKIPPED"),
    ],
)  # fmt: skip
def test_leaving_as_the_source_shows_it(
    home: str, answers: dict[str, str], status: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_browser(monkeypatch)
    scripts = {
        path: Reply(text.encode(), headers={"Content-Type": "text/javascript"}) for path, text in answers.items()
    }
    assert look(tmp_path, {"/": page("首页", home), **scripts}, NOTICE)[NOTICE]["status"] == status


ENTRY = "<a href='/wza.html'>无障碍浏览</a>"


@needs_browser
@needs_axe
def test_access_for_disabled_readers(tmp_path: Path) -> None:
    inner = {
        f"/a{n}.html": page(
            f"稿件{n}", TEXT + "<input type='text' name='q'><p style='color:#ccc;background:#fff'>灰字</p>"
        )
        for n in range(8)
    }
    home = ENTRY + "".join(f"<a href='{path}'>稿件</a>" for path in inner)
    outcome = look(tmp_path, {"/": page("首页", home), "/wza.html": page("无障碍", TEXT), **inner}, ACCESS)[ACCESS]
    assert outcome["status"] == "FOUND"
    rules = {line["facts"]["rule"]: line for line in findings(tmp_path / "out", ACCESS)}
    assert {"label", "color-contrast"} <= rules.keys()
    assert "表单项没有标签" in rules["label"]["message"] and rules["label"]["facts"]["seed"].endswith("2024-09-30")
    (seen,) = json.loads((tmp_path / "out" / "coverage.json").read_text("utf-8")).values()
    assert any(note.startswith("无障碍用浏览器抽查6页（种子") for note in seen["notes"])


def test_access_without_a_browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    without_browser(monkeypatch)
    outcome = look(tmp_path, {"/": page("首页", ENTRY), "/wza.html": page("无障碍", TEXT)}, ACCESS)[ACCESS]
    assert (outcome["status"], "没有安装浏览器" in outcome["reason"]) == ("UNKNOWN", True)


def scripted(day: str) -> dict[str, Answer]:
    """A column whose list comes as data and is drawn by a script."""
    rows = json.dumps(
        [{"t": f"云岭县召开第{n}次防汛会议部署工作", "u": f"/news/{n}.html", "d": day} for n in range(12)],
        ensure_ascii=False,
    )
    draw = """fetch('/rows.json').then(a => a.json()).then(rows => { document.getElementById('list').innerHTML =
      rows.map(r => `<li><a href="${r.u}">${r.t}</a><span>${r.d}</span></li>`).join('') })"""
    column = page("动态要闻", f"<h1>动态要闻</h1><ul id='list' class='list'></ul><script>{draw}</script>")
    article = f"<h1>防汛会议</h1><div>发布日期：{day}</div><div class='content'>{TEXT}</div>"
    return {
        "/": page("首页", "<a href='/news/'>动态要闻</a>"), "/news/": column, "/rows.json": Reply(rows.encode(), headers={"Content-Type": "application/json"}),
        **{f"/news/{n}.html": page(f"防汛会议{n}", article) for n in range(12)},
    }  # fmt: skip


@needs_browser
@pytest.mark.parametrize(("day", "status"), [("2024-09-28", "CLEAN"), ("2024-01-05", "FOUND")])
def test_a_list_that_a_script_makes(day: str, status: str, tmp_path: Path) -> None:
    outcomes = look(tmp_path, scripted(day), "update/column-stale", "update/column-blank", root="ledger")
    assert outcomes["update/column-stale"]["status"] == status
    assert outcomes["update/column-blank"]["status"] == "CLEAN"


def test_a_list_that_a_script_makes_without_a_browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    without_browser(monkeypatch)
    outcomes = look(tmp_path, scripted("2024-09-28"), "update/column-stale", "update/column-blank", root="ledger")
    for outcome in outcomes.values():
        assert outcome["status"] == "UNKNOWN"
        assert "由脚本生成" in outcome["reason"] and "浏览器" in outcome["reason"]
