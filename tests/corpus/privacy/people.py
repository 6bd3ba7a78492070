"""Invented people. ID numbers lie in real provinces and unassigned counties, so they belong to nobody."""

from __future__ import annotations

import random
from dataclasses import dataclass

from duwang.model.identity import PROVINCES, check_character, passes_luhn

SURNAMES = (
    "赵钱孙李周吴郑王冯陈蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜谢邹喻苏潘葛范彭鲁韦马苗花方俞任袁柳鲍史唐费薛雷贺倪汤"
)
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰涛明超秀霞平刚桂兰英华玉萍红建国春梅文辉鹏宇浩晨欣怡子涵梓轩"
TOWNS = ["城关镇", "白水镇", "云岭乡", "红河镇", "青山乡", "石桥镇", "大河乡", "柳溪镇"]


@dataclass(frozen=True, slots=True)
class Person:
    """Name, 18-character number, old 15-digit number, mobile number, bank card, town."""

    name: str
    number: str
    old: str
    mobile: str
    card: str
    town: str


def person(pick: random.Random) -> Person:
    """One invented person."""
    province = pick.choice(sorted(PROVINCES - {"71", "81", "82"}))
    area = f"{province}9{pick.randint(0, 9)}{pick.choice('89')}{pick.randint(1, 9)}"
    year, month, day, serial = pick.randint(1938, 2015), pick.randint(1, 12), pick.randint(1, 28), pick.randint(1, 999)
    head = f"{area}{year}{month:02d}{day:02d}{serial:03d}"
    old = f"{area}{year % 100:02d}{month:02d}{day:02d}{serial:03d}"
    return Person(
        pick.choice(SURNAMES) + "".join(pick.sample(GIVEN, pick.choice((1, 2, 2)))),
        head + check_character(head),
        old,
        f"1{pick.choice(('38', '39', '58', '77', '86', '99'))}{pick.randint(0, 99999999):08d}",
        card(pick),
        pick.choice(TOWNS),
    )


def card(pick: random.Random) -> str:
    """A number with an issuer's beginning and a right last digit."""
    head = f"62{pick.choice(('2848', '1700', '2202', '3052'))}{pick.randint(0, 10**12 - 1):012d}"
    return next(head + str(d) for d in range(10) if passes_luhn(head + str(d)))


def wrong(number: str, pick: random.Random) -> str:
    """The number with another last character than the one that fits."""
    return number[:17] + pick.choice([c for c in "0123456789" if c != number[17]])
