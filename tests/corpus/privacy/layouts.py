"""How numbers are written in published texts: sentences, forms, lists and tables. A piece is a paragraph or a table."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from corpus.privacy.people import Person, person

Rows = tuple[tuple[str, ...], ...]
Piece = str | Rows


@dataclass(frozen=True, slots=True)
class Planted:
    """Pieces of a document and the numbers that stand in them, as they are (half width, X in upper case)."""

    layout: str
    pieces: tuple[Piece, ...]
    numbers: tuple[str, ...]


_SENTENCES = (
    "被处罚人{name}，男，汉族，身份证号码：{n}，住仿真县{town}。",
    "经查，{name}（身份证号码{n}）于2024年3月在{town}擅自占用耕地。",
    "当事人：{name}，公民身份号码{n}，户籍所在地为仿真县{town}。",
    "姓名：{name}　性别：女　身份证号：{n}　民族：汉",
    "（{n}）{name}同志，经审核符合条件。",
    "申请人{name}，居民身份证编号为{n}，申请临时救助。",
    "{name}，{n}，{town}，拟发放补助2400元。",
    "法定代表人：{name}，证件类型：居民身份证，证件号码：{n}。",
    "委托代理人{name}(身份证:{n})到场签收。",
    "身份证号：{n}",
    "公民身份证号码为{n}的{name}已经领取。",
    "统一社会信用代码：92539921MA6K5H1E2X，经营者：{name}，身份证号{n}。",
    "1.{name} {n} 仿真县{town}",
    "兹有{name}，身份证件号码是：{n}，系本村村民。",
    "残疾人证号：{n}43，姓名：{name}，等级：三级。",
    "学生姓名：{name}，学籍号：G{n}。",
    "驾驶人{name}，驾驶证号：{n}，准驾车型C1。",
    "ID：{n}，姓名：{name}",
)


def _plain(number: str, _: random.Random) -> str:
    return number


def _wide(number: str, _: random.Random) -> str:
    return "".join(chr(ord(c) + 0xFEE0) for c in number)


def _lower(number: str, _: random.Random) -> str:
    return number.lower()


def _grouped(number: str, pick: random.Random) -> str:
    gap = pick.choice((" ", "　", "\u00a0", "-", "  "))
    cuts = pick.choice(((6, 14), (3, 6, 10, 14), (6, 10, 14), (4, 8, 12, 16), (6, 12), (10,), (17,)))
    return gap.join(number[a:b] for a, b in zip((0, *cuts), (*cuts, 18), strict=True))


def _spaced(number: str, _: random.Random) -> str:
    return " ".join(number)


def _hidden(number: str, pick: random.Random) -> str:
    at = pick.randint(2, 16)
    return f"{number[:at]}\u200b{number[at:]}"


WRITINGS: tuple[tuple[str, Callable[[str, random.Random], str], int], ...] = (
    ("原样", _plain, 12), ("全角", _wide, 2), ("小写x", _lower, 2), ("分段", _grouped, 3), ("逐位空开", _spaced, 1), ("零宽字符", _hidden, 1),
)  # fmt: skip


def written(number: str, pick: random.Random) -> str:
    """The number in one of the ways people write it."""
    ways = [way for _, way, weight in WRITINGS for _ in range(weight)]
    return pick.choice(ways)(number, pick)


def sentence(pick: random.Random) -> Planted:
    one = person(pick)
    form = pick.choice(_SENTENCES)
    tight = any(mark in form for mark in ("}43", "G{n}", "ID："))
    number = one.number if tight else written(one.number, pick)
    return Planted("句子", (form.format(name=one.name, town=one.town, n=number),), (one.number,))


def old_number(pick: random.Random) -> Planted:
    one = person(pick)
    return Planted("旧15位", (f"姓名：{one.name}，身份证号：{one.old}，{one.town}人。",), (one.old,))


def broken_line(pick: random.Random) -> Planted:
    """A number over a line's end, as a fixed width breaks it."""
    one = person(pick)
    at = pick.randint(3, 15)
    return Planted(
        "断行",
        (f"被处罚人{one.name}，公民身份号码：{one.number[:at]}\n{one.number[at:]}，住{one.town}。",),
        (one.number,),
    )


_HEADS: tuple[tuple[str, ...], ...] = (
    ("序号", "姓名", "身份证号", "金额"),
    ("序号", "户主姓名", "身份证号码", "所在乡镇", "补贴面积（亩）", "补贴金额（元）"),
    ("编号", "姓名", "性别", "公民身份号码", "联系电话"),
    ("序号", "姓名", "证件号码", "银行账号", "金额"),
    ("姓名", "身份证号", "家庭住址", "备注"),
    ("序号", "乡镇", "姓名", "身份证", "准考证号", "成绩"),
    ("项目编号", "承担人", "承担人身份证号", "资金"),
)


def table(pick: random.Random, *, rows: int = 0) -> Planted:
    """A list of people in a table, now and then with a title row across and a total below."""
    head = pick.choice(_HEADS)
    people = [person(pick) for _ in range(rows or pick.randint(4, 20))]
    made = [tuple(_cell(name, one, n, pick) for name in head) for n, one in enumerate(people, 1)]
    title = (("2024年耕地地力保护补贴发放公示表", *[""] * (len(head) - 1)),) if pick.random() < 0.3 else ()
    total = (("合计", *[""] * (len(head) - 2), str(pick.randint(10**4, 10**6))),) if pick.random() < 0.4 else ()
    return Planted("表格", ((*title, head, *made, *total),), tuple(one.number for one in people))


def _cell(head: str, one: Person, n: int, pick: random.Random) -> str:
    if head in ("序号", "编号"):
        return str(n)
    if "身份" in head or head == "证件号码":
        return written(one.number, pick) if pick.random() < 0.3 else one.number
    if "姓名" in head or head == "承担人":
        return one.name
    if head in ("所在乡镇", "乡镇", "家庭住址"):
        return one.town
    return {
        "联系电话": one.mobile, "银行账号": one.card, "性别": "男", "备注": "", "项目编号": f"FZ2024{n:04d}",
        "准考证号": f"2024{pick.randint(0, 9999999):07d}",
    }.get(head, str(pick.randint(100, 99999)))  # fmt: skip


def form(pick: random.Random) -> Planted:
    """A form: labels at the left, values at the right, one character a box now and then."""
    one = person(pick)
    boxes = pick.random() < 0.3
    number = tuple(one.number) if boxes else (one.number,)
    rows = (("姓名", one.name, "性别", "男"), ("身份证号码", *number), ("联系电话", one.mobile, "所在乡镇", one.town))
    return Planted("逐格填写" if boxes else "登记表", (rows,), (one.number,))


def listing(pick: random.Random) -> Planted:
    """A list without a table: one person a line."""
    people = [person(pick) for _ in range(pick.randint(3, 8))]
    lines = tuple(f"{n}.{one.name}　{one.number}　{one.town}" for n, one in enumerate(people, 1))
    return Planted("清单", ("拟录用人员名单如下：", *lines), tuple(one.number for one in people))


LAYOUTS: tuple[tuple[Callable[[random.Random], Planted], int], ...] = (
    (sentence, 30), (table, 6), (form, 5), (listing, 3), (broken_line, 3), (old_number, 2),
)  # fmt: skip


def layout(pick: random.Random) -> Planted:
    """One layout by its weight."""
    return pick.choice([make for make, weight in LAYOUTS for _ in range(weight)])(pick)
