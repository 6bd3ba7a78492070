"""The report in a real browser, where one is installed: filters, paging, keys, details, printing; and no request to anybody."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from duwang.flow.publishing import REPORT, publish
from duwang.model.findings import Severity
from kit.judged_folder import OFFICE, PORTAL, SCHOOL, WEIXIN, finding, judged_folder

pytestmark = pytest.mark.slow
_STEPS = """
(() => { const out = {}; try { steps(out); } catch (error) { out.error = String(error.stack || error); }
const result = document.createElement("pre"); result.id = "result"; result.textContent = JSON.stringify(out); document.body.append(result); })();
function steps(out) {
const shown = () => document.querySelector(".pane.on .shown").textContent;
const key = (k, on) => (on || document.activeElement || document.body).dispatchEvent(new KeyboardEvent("keydown", {key: k, bubbles: true, cancelable: true}));
const pane = () => document.querySelector(".pane.on").id, rows = () => document.querySelectorAll(".pane.on tbody tr.row").length;
out.start = pane();
document.querySelector(".pane.on tr.row").click();
out.detail = document.querySelector(".pane.on .open-row").textContent.includes("MV-2.1");
key("2", document.body);
out.second = pane(); out.all = shown(); out.rows = rows();
const pick = (name, value) => { const box = document.querySelector(`.pane.on select[aria-label="${name}"]`); box.value = value; box.dispatchEvent(new Event("change")); };
pick("等级", "严重"); out.serious = shown();
document.querySelector(".pane.on .bar button").click(); out.cleared = shown();
key("/", document.body); out.searching = document.activeElement.type;
document.activeElement.value = "第7篇"; document.activeElement.dispatchEvent(new Event("input")); out.found = shown();
document.activeElement.blur();
key("j", document.body); out.chosen = document.querySelectorAll(".pane.on tr.sel").length; out.width = window.innerWidth;
const told = document.querySelector(window.innerWidth > 1180 ? ".side" : ".pane.on .open-row");
out.side = told.textContent.includes("路灯已经"); out.marks = told.querySelector("mark").textContent; out.fix = told.querySelector("ins").textContent;
document.querySelector(".pane.on .bar button").click();
[...document.querySelectorAll(".pane.on .pager button")].pop().click(); out.page = document.querySelector(".pane.on .pager").textContent;
window.dispatchEvent(new Event("beforeprint")); out.printed = document.querySelectorAll("#pane-findings tbody tr.row").length;
window.dispatchEvent(new Event("afterprint")); out.after = document.querySelectorAll("#pane-findings tbody tr.row").length;
out.wide = document.documentElement.scrollWidth <= window.innerWidth;
}
"""


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("没有安装chromium，跳过")
    facts = {"context": "路灯已经…完毕，请查收"}
    many = [
        finding("text/typo", f"{PORTAL}/page/{n:03d}", quote="按装", suggestion="安装", message="“按装”应为“安装”", facts=facts, n=n,
                severity=Severity.SERIOUS if n % 10 == 0 else Severity.ORDINARY, org=SCHOOL if n % 2 else OFFICE, title=f"第{n}篇")
        for n in range(120)
    ]  # fmt: skip
    stale = finding(
        "update/account-stale", WEIXIN, message="超过14天未更新", org=SCHOOL, org_by="account", title="第0篇", n=1
    )
    folder = judged_folder(tmp_path_factory.mktemp("report"), [*many, stale])
    publish(folder, previous=None, progress=lambda message: None)
    text = (folder.path / REPORT).read_text("utf-8").replace("</body>", f"<script>{_STEPS}</script></body>")
    page = folder.path / "probe.html"
    page.write_text(text, "utf-8")
    told: dict[str, Any] = json.loads(_dumped(chromium, page, folder.path))
    assert not told.get("error"), told["error"]
    return told


def _dumped(chromium: str, page: Path, home: Path) -> str:
    asked = [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run",
             f"--user-data-dir={home / 'profile'}", "--window-size=1366,768", "--virtual-time-budget=3000", "--dump-dom", page.as_uri()]  # fmt: skip
    told = subprocess.run(asked, capture_output=True, text=True, timeout=60, check=False).stdout
    found = re.search(r'<pre id="result">(.*?)</pre>', told, re.DOTALL)
    assert found, told[-2000:]
    return unescape(found[1])


def test_tabs_filters_and_search(seen: dict[str, Any]) -> None:
    assert (seen["start"], seen["detail"], seen["second"]) == ("pane-verdicts", True, "pane-findings")
    assert (seen["all"], seen["rows"]) == ("显示 121 / 121 条", 50)
    assert (seen["serious"], seen["cleared"]) == ("显示 12 / 121 条", "显示 121 / 121 条")
    assert (seen["searching"], seen["found"]) == ("search", "显示 1 / 121 条")


def test_keys_choose_and_the_detail_shows_quote_and_suggestion(seen: dict[str, Any]) -> None:
    assert (seen["chosen"], seen["side"], seen["marks"], seen["fix"]) == (1, True, "按装", "安装")


def test_pages_and_printing(seen: dict[str, Any]) -> None:
    assert "第 2 / 3 页" in seen["page"]
    assert (seen["printed"], seen["after"]) == (121, 50)
    assert seen["wide"]
