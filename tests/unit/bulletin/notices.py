"""Invented notices for the tests of the renderers, and how a finished PDF is measured."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pypdfium2

from duwang.bulletin.data import load_data
from duwang.bulletin.style import load_style
from duwang.bulletin.tree import Annex, Bulletin, Column, Head, Paragraph, Run
from duwang.bulletin.writing import write

MM = 25.4 / 72


def data(rows: int = 12, *, extra: str = "") -> str:
    """A data file with problems of five units, one of them with a rare character in its name."""
    units = ("云岭镇", "石桥乡", "县教育局", "耈街乡", "县民政局")
    kinds = ("信息更新不及时", "信息发布审核不严", "泄露个人隐私")
    problems = "".join(
        f"- {{kind: {'政府网站' if n % 2 else '政务新媒体'}, item: {kinds[n % 3]}, org: {units[n // 7 % 5]}, supervisor: 县政府办公室, "
        f"region: 仿真县, target: 云岭之声{n}, platform: 微信, filing_no: '30254160307{n:05d}', text: 栏目“通知公告”超过6个月未更新}}\n"
        for n in range(rows)
    )
    return f"""
head: {{issuer: 仿真县人民政府办公室, date: 2024-10-16, period: 2024年第三季度, basis: 《检查指标》}}
figures: {{全域: 全县, 监测时间点: 2024年9月30日, 网站检查数: 48, 网站不合格数: 1, 网站合格数: {{minus: [网站检查数, 网站不合格数]}},
  网站合格率: {{rate: [网站检查数, 网站不合格数]}}, 网站待核数: 0, 网站存在问题数: 1, "附件:全部网站": 附件}}
contacts: [{{name: 甄一, phone: 0000-3257066}}]
deadline: 2024-10-30
problems:
{problems}
{extra}
"""


def notice(rows: int = 12, *, mark: str = "", landscape: bool = False) -> Bulletin:
    """A whole notice in the general style."""
    made = write(load_data(data(rows), name="试.yaml"), load_style("通用"))
    annexes = tuple(replace(annex, landscape=landscape and annex.printed) for annex in made.annexes)
    number = "仿政办函〔2024〕37号" if mark else ""
    return replace(made, head=replace(made.head, mark=mark, number=number), annexes=annexes)


def plain(lines: int, *, attached: int = 0, rows: int = 0, last: str = "结尾。") -> Bulletin:
    """A notice whose body fills `lines` lines of 28 characters and ends with one short paragraph."""
    head = Head("仿真县人民政府办公室", "关于检查情况的通报", date(2024, 4, 5), signature="仿真县人民政府办公室")
    body = (Paragraph((Run("国" * (28 * lines - 2)),)), Paragraph((Run(last),)))
    columns = (Column("序号"), Column("单位"))
    annexes = (Annex("表", "检查情况表", columns, tuple((str(n), "云岭镇") for n in range(rows))),) if rows else ()
    titles = tuple(f"第{n}份材料" for n in range(attached))
    return Bulletin(head, body, annexes=annexes, attached=titles, disclosure="此件公开发布")


def pages(pdf: bytes) -> list[list[tuple[float, float, str]]]:
    """Every page as lines (bottom in mm from the top of the page, left in mm, text), from top to bottom."""
    found = []
    for page in pypdfium2.PdfDocument(pdf):
        text, height = page.get_textpage(), page.get_height()
        rows: dict[float, list[tuple[float, str]]] = {}
        for at in range(text.count_chars()):
            char = text.get_text_range(at, 1)
            if char.strip():
                left, bottom, _, _ = text.get_charbox(at, loose=True)
                rows.setdefault(round((height - bottom) * MM, 2), []).append((left * MM, char))
        found.append(
            [(y, min(x for x, _ in row), "".join(char for _, char in sorted(row))) for y, row in sorted(rows.items())]
        )
    return found


def text_of(pdf: bytes) -> str:
    """All text of a PDF without blanks."""
    read = (page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))
    return "".join("".join(read).split())
