"""The pictures of docs/图/控制台: every screen with a whole demo county in it, kept only when they are asked for.

duwang demo --out demo-out
DUWANG_PICTURES=docs/图/控制台 DUWANG_RESULTS=demo-out pytest tests/console/test_story_pictures.py
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("django", reason="没有安装控制台（pip install duwang[console]），跳过")

from console import screens
from kit.console_process import Console, running
from kit.desk import PICTURES, Desk, chromium

RESULTS = os.environ.get("DUWANG_RESULTS", "")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (PICTURES and RESULTS), reason="没有要求截图（DUWANG_PICTURES、DUWANG_RESULTS），跳过"),
]
PASSWORD = "Chunqiu-gongbao-7"


@pytest.fixture(scope="module")
def console(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Console]:
    place = tmp_path_factory.mktemp("pictures")
    with running(place / "data", str(Path(RESULTS).resolve()), "--demo") as made:
        yield made


def test_every_screen_with_a_whole_county(console: Console) -> None:
    told = (console.data.parent / "console.log").read_text("utf-8")
    people = dict(re.findall(r"^\s+(fuhe|shenpi|lianxi)\s+(\S+)", told, re.MULTILINE))
    with chromium() as browser:
        admin, desk, contact = (Desk(browser, console.root) for _ in range(3))
        admin.go(console.setup_path)
        admin.fill(username="guanli", full_name="顾安澜", password=PASSWORD, again=PASSWORD)
        admin.press("建立")
        desk.login("fuhe", people["fuhe"])
        contact.login("lianxi", people["lianxi"])
        for name, path in screens.READERS.items():
            desk.go(path)
            desk.look(name)
        _findings(desk)
        _round(desk)
        _ledger(admin)
        _notice(desk)
        for name, path in screens.ADMINISTRATORS.items():
            admin.go(path)
            admin.look(name)
        contact.go("/")
        contact.look("总览-单位联系人")
        contact.go("/cases/")
        contact.look("整改-单位")
        contact.page.locator("tbody a").first.click()
        contact.look("工单-单位")
        wide = Desk(browser, console.root, size={"width": 3840, "height": 2160})
        wide.login("fuhe", people["fuhe"])
        wide.go("/findings/")
        wide.page.wait_for_selector("#pane article")
        wide.look("问题-4K", kept=False)
        faults = [fault for one in (admin, desk, contact, wide) for fault in one.faults]
    assert faults == []


def _findings(desk: Desk) -> None:
    desk.go("/findings/")
    desk.page.wait_for_selector("#pane article")
    desk.page.wait_for_timeout(800)
    desk.look("问题")
    desk.page.keyboard.press("n")
    desk.page.wait_for_selector("dialog#why[open]")
    desk.look("问题-理由")
    desk.page.keyboard.press("Escape")
    desk.go("/findings/?tab=all&fold=wording")
    desk.page.wait_for_selector("#pane article")
    desk.look("问题-归并")
    desk.go("/findings/?tab=gone")
    desk.look("问题-本次未检出")
    desk.go("/verdicts/")
    desk.look("判定")
    desk.page.locator("tbody a").first.click()
    desk.look("判定-一个对象")
    desk.go("/cases/")
    desk.look("整改")
    desk.page.locator("tbody a").first.click()
    desk.look("工单")
    for name, path in (("信件-一件", "/letters/"), ("新媒体-账号", "/accounts/")):
        desk.go(path)
        if desk.page.locator("tbody a").count():
            desk.page.locator("tbody a").last.click()
            desk.look(name)


def _round(desk: Desk) -> None:
    desk.go("/rounds/")
    desk.look("检查批次")
    desk.page.locator("tbody a").first.click()
    desk.look("检查批次-一个")
    desk.press("逐项比较")
    desk.look("检查批次-比较")


def _ledger(desk: Desk) -> None:
    for sheet in ("单位", "网站", "栏目", "新媒体"):
        desk.go(f"/ledger/?sheet={sheet}")
        desk.look(f"名录-{sheet}")
    desk.page.locator("tbody a").first.click()
    desk.look("名录-一行")
    desk.press("修改")
    desk.look("名录-修改")
    desk.go("/ledger/import")
    desk.look("名录-导入")


def _notice(desk: Desk) -> None:
    desk.go("/bulletins/")
    desk.page.locator("main form button").first.click()
    desk.waits_for("核对")
    desk.press("生成文书")
    desk.waits_for("整改通知.zip", seconds=240)
    desk.look("通报-正文与核对")
    for name in ("编写", "问题取舍", "版面和附件", "版本"):
        desk.press(name)
        if name == "版面和附件":
            desk.page.wait_for_function(
                "() => [...document.querySelectorAll('.sheets img')].slice(0, 2).every(one => one.complete)"
            )
        desk.look(f"通报-{name}")
    desk.go("/bulletins/")
    desk.look("通报")
