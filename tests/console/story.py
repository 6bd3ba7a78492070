"""The people of the whole story, what its steps hand on to each other, and what they do more than once."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from kit import small_county as county
from kit.console_process import Console
from kit.desk import Desk

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

    def __init__(self, browser: Any, console: Console, web: county.Web, root: str, place: Path, sink: Any) -> None:
        self.browser, self.console, self.web, self.root, self.place = browser, console, web, root, place
        self.hook, self.told = sink
        self.desks: dict[str, Desk] = {}

    def sits_down(self, name: str) -> Desk:
        self.desks[name] = Desk(self.browser, self.console.root)
        return self.desks[name]

    @property
    def faults(self) -> list[str]:
        return [f"{name}：{fault}" for name, desk in self.desks.items() for fault in desk.faults]


def everything_told(story: Story) -> str:
    return "".join(body.decode() for _, body in story.told)


def answers(desk: Desk, problem: str, event: str, why: str, proof: Path | None = None) -> None:
    """The unit's word on one of its cases."""
    desk.go("/cases/")
    desk.page.locator("tbody a", has_text=problem).first.click()
    desk.page.locator("#event").select_option(event)
    desk.page.fill("#why", why)
    if proof is not None:
        desk.page.set_input_files("#proof", proof)
    desk.press("记下")
    desk.waits_for(f"已记下“{event}”")


def article(title: str, body: str) -> str:
    return county.page(
        title, f"<p>为进一步做好相关工作，现将有关事项公布如下。</p>{body}", published=county.AS_OF, source=SCHOOL
    )


def pass_second_factor(desk: Desk) -> None:
    """Types the code that a phone would show for the key on the screen."""
    import base64

    from django_otp.oath import TOTP

    key = desk.page.locator("code.key").inner_text().replace(" ", "")
    desk.fill(code=f"{TOTP(base64.b32decode(key + '=' * (-len(key) % 8))).token():06d}")
    desk.press("验证")


def answered_as_absent(desk: Desk, reason: str) -> int:
    """Every open question of the verdict on the screen, answered by 否; how many there were."""
    forms = desk.page.locator("section:has(h2:text('待核')) form")
    number = forms.count()
    for n in range(number):
        forms.nth(n).locator("input[value=否]").check()
        forms.nth(n).locator("[name=reason]").fill(reason)
        forms.nth(n).locator("button").click()
        desk.waits_for("已记下，重新判定后生效")
    return number


def ledgers(story: Story) -> tuple[Path, Path]:
    """A workbook with an account on a platform that does not exist, and the right one."""
    from dataclasses import replace

    from duwang.flow.registry import load
    from duwang.flow.registry.exporting import export

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
