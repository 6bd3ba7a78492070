"""The whole story in a real browser: from an empty data folder and a ledger to the signed 通报, every step by the person whose
step it is, on sites served on loopback that change between inspection and re-check."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("django", reason="没有安装控制台（pip install duwang[console]），跳过")

from kit import small_county as county
from kit.console_process import Console, running
from kit.desk import Desk, chromium

pytestmark = pytest.mark.slow
OFFICE, SCHOOL = "云岭县人民政府办公室", "云岭县教育局"
PASSWORD = "Chunqiu-gongbao-7"
PEOPLE = {
    "jiancha": ("秦望舒", "检查员", OFFICE, True),
    "fuhe": ("林知远", "复核员", OFFICE, True),
    "shenpi": ("周明谦", "审批领导", OFFICE, True),
    "zhengfu": ("何清禾", "单位联系人", OFFICE, False),
    "jiaoyu": ("苏言蹊", "单位联系人", SCHOOL, False),
}


class Story:
    """What the steps hand on to each other."""

    def __init__(self, browser: Any, console: Console, web: county.Web, root: str, place: Path) -> None:
        self.browser, self.console, self.web, self.root, self.place = browser, console, web, root, place
        self.desks: dict[str, Desk] = {}

    def sits_down(self, name: str) -> Desk:
        self.desks[name] = Desk(self.browser, self.console.root)
        return self.desks[name]

    @property
    def faults(self) -> list[str]:
        return [f"{name}：{fault}" for name, desk in self.desks.items() for fault in desk.faults]


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    place, web = tmp_path_factory.mktemp("story"), county.Web()
    with chromium() as browser, county.serving(web) as root:
        county.build(web)
        with running(place / "data") as console:
            yield Story(browser, console, web, root, place)


def test_01_the_first_administrator_comes_in_with_the_token_and_a_second_factor(story: Story) -> None:
    desk = story.sits_down("admin")
    desk.go("/login")
    desk.look("登录")
    address = story.console.setup_path
    desk.go(address)
    desk.look("首次设置")
    desk.fill(username="guanli", full_name="顾安澜", password=PASSWORD, again=PASSWORD)
    desk.press("建立")
    desk.look("二次验证")
    pass_second_factor(desk)
    assert "欢迎使用读网" in desk.text()
    desk.look("总览-空")
    stranger = story.sits_down("stranger")
    assert stranger.page.goto(f"{story.console.root}{address}").status == 403
    assert "安装口令不对或已经用过" in stranger.text()


def test_02_a_wrong_ledger_is_told_row_by_row_and_the_right_one_is_taken_in(story: Story) -> None:
    from openpyxl import load_workbook

    desk = story.desks["admin"]
    wrong, right = ledgers(story)
    desk.go("/ledger/import")
    desk.look("名录-导入")
    desk.page.set_input_files("#file", wrong)
    desk.press("上传并预览")
    assert "处错误，改好后重新上传" in desk.text()
    desk.look("名录-有错误")
    sheet = load_workbook(desk.saved("下载错误清单", story.place)).active
    assert [cell.value for cell in sheet[1]] == ["文件", "行", "列", "问题", "怎么改"]
    assert any("主办单位" in str(row) for row in sheet.iter_rows(min_row=2, values_only=True))
    desk.go("/ledger/import")
    desk.page.set_input_files("#file", right)
    desk.press("上传并预览")
    desk.look("名录-预览")
    desk.press("确认导入")
    desk.waits_for("名录已更新，改动15行")
    desk.look("名录-单位")
    for sheet_name in ("网站", "栏目", "新媒体"):
        desk.go(f"/ledger/?sheet={sheet_name}")
        desk.look(f"名录-{sheet_name}")


def test_03_people_get_passwords_that_work_once(story: Story) -> None:
    admin, given = story.desks["admin"], {}
    for username, (name, role, unit, everything) in PEOPLE.items():
        admin.go("/system/people/new")
        admin.fill(username=username, full_name=name, role=role, unit=unit, sees_all="是" if everything else "否")
        admin.press("保存")
        given[username] = admin.text().partition("一次性密码：")[2].partition("（")[0]
    admin.look("系统-人员")
    for username, password in given.items():
        desk = story.sits_down(username)
        desk.login(username, password)
        assert "首次登录须先修改密码" in desk.text(), username
        desk.fill(old_password=password, new_password1=PASSWORD, new_password2=PASSWORD)
        desk.press("保存")
        if username == "shenpi":
            pass_second_factor(desk)
        assert "欢迎使用读网" in desk.text(), username
    story.desks["fuhe"].go("/password")
    story.desks["fuhe"].look("修改密码")


def test_04_a_round_runs_while_its_log_is_watched(story: Story) -> None:
    desk = story.desks["jiancha"]
    desk.go("/rounds/new")
    desk.look("检查批次-新建")
    desk.fill(name="2024年第三季度检查", period="2024Q3", delay="0", allow_loopback="是")
    desk.press("建立并开始检查")
    desk.waits_for("正在读取 云岭县人民政府网", seconds=90)
    desk.look("检查批次-进行中")
    desk.waits_for("已完成", seconds=240)
    assert "正在建立索引" in desk.text()
    desk.look("检查批次-已完成")
    desk.go("/rounds/")
    assert "1/2" in desk.text()
    desk.look("检查批次")


def test_05_triage_by_keyboard(story: Story) -> None:
    desk = story.desks["fuhe"]
    page = desk.page
    desk.go("/findings/")
    page.wait_for_selector("#pane article")
    desk.look("问题")
    before = count(desk, "待复核")
    first = page.locator("#rows tr[aria-selected=true]").get_attribute("data-pk")
    page.keyboard.press("j")
    page.wait_for_function("pk => document.querySelector('#rows tr[aria-selected=true]').dataset.pk !== pk", arg=first)
    page.keyboard.press("k")
    page.wait_for_function("pk => document.querySelector('#rows tr[aria-selected=true]').dataset.pk === pk", arg=first)
    page.keyboard.press("Shift+?")
    page.wait_for_selector("dialog#keys[open]")
    desk.look("问题-快捷键")
    page.keyboard.press("Escape")
    page.keyboard.press("y")
    page.wait_for_selector("#toast p")
    until(desk, lambda: count(desk, "待复核") == before - 1)
    page.keyboard.press("n")
    page.wait_for_selector("dialog#why[open]")
    desk.look("问题-理由")
    page.locator("#why-ok").click()
    page.wait_for_timeout(300)
    assert count(desk, "待复核") == before - 1, "没有写理由也标成了误报"
    page.keyboard.press("n")
    page.locator("dialog#why .chip").first.click()
    page.locator("#why-ok").click()
    until(desk, lambda: count(desk, "待复核") == before - 2)
    page.keyboard.press("u")
    until(desk, lambda: count(desk, "待复核") == before - 1)
    for check in ("privacy/id-number", "privacy/mobile-number", "reach/broken-link"):
        desk.go(f"/findings/?check={check}")
        page.locator("[data-bulk=确认]").click()
        page.wait_for_selector("#toast p")
    desk.go("/findings/?check=function/page-tags")
    page.locator("[data-bulk=误报]").click()
    page.locator("#why-text").fill("模板正在更换，下季度统一补齐标签")
    page.locator("#why-ok").click()
    page.wait_for_selector("#toast p")
    desk.go("/findings/decisions")
    assert "模板正在更换" in desk.text()
    desk.look("问题-决定记录")


def test_06_open_questions_are_answered_on_the_verdict_page_and_the_round_is_judged_again(story: Story) -> None:
    desk = story.desks["fuhe"]
    desk.go("/verdicts/")
    desk.look("判定")
    desk.press("云岭县人民政府网")
    assert "待核：会改变结论的问题" in desk.text()
    desk.look("判定-待核")
    for _ in range(2):
        form = desk.page.locator("section:has(h2:text('待核')) form").nth(_)
        form.locator("input[value=否]").check()
        form.locator("[name=reason]").fill("门户网站统一提供网上信箱和办事服务入口，已人工打开核对")
        form.locator("button").click()
        desk.waits_for("已记下，重新判定后生效")
    desk.go("/rounds/")
    desk.press("2024年第三季度检查")
    desk.press("重新判定")
    desk.waits_for("按", seconds=30)
    desk.waits_for("已计入全部复核", seconds=120, again=True)
    desk.go("/verdicts/?kind=site")
    row = desk.page.locator("tr", has_text="云岭县人民政府网").inner_text()
    assert row.startswith("合格"), row


def pass_second_factor(desk: Desk) -> None:
    """Types the code that a phone would show for the key on the screen."""
    import base64

    from django_otp.oath import TOTP

    key = desk.page.locator("code.key").inner_text().replace(" ", "")
    desk.fill(code=f"{TOTP(base64.b32decode(key + '=' * (-len(key) % 8))).token():06d}")
    desk.press("验证")


def ledgers(story: Story) -> tuple[Path, Path]:
    """A workbook with an account on a platform that does not exist, and the right one."""
    from dataclasses import replace

    from duwang.flow.registry import export, load

    known = load(county.ledger(story.place / "ledger", story.root))
    export(known, story.place / "名录.xlsx")
    wrong = replace(known, accounts=(replace(known.accounts[0], platform="", owner=""), *known.accounts[1:]))
    export(wrong, story.place / "有错的名录.xlsx")
    return story.place / "有错的名录.xlsx", story.place / "名录.xlsx"


def count(desk: Desk, tab: str) -> int:
    """The number on a tab of the findings board."""
    return int(desk.page.locator("[role=tab]", has_text=tab).first.locator("b").inner_text())


def until(desk: Desk, true: Any, *, seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, desk.text()[:1500]
        desk.page.wait_for_timeout(150)
