"""The empty workbook a clerk fills in: required headings marked, drop-down lists, code columns kept as text."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from duwang.flow.registry.sheets import SHEETS, Heading, Sheet

_LAST_ROW = 5000
_REQUIRED = PatternFill("solid", fgColor="F8CBAD")
_OPTIONAL = PatternFill("solid", fgColor="DDEBF7")
_GENERAL = (
    "一、带*号、底色为橙色的列必须填写，其他列可以空着；列的顺序可以调整，可以增加自己的列（读入时会提示，不影响使用）。",
    "二、网站标识码、备案单号、编号等列已设为文本。不要改成数字格式，否则表格软件会丢掉后几位或开头的0，读入时会拒绝。",
    "三、日期写成2024-09-01；“是/否”列只填“是”或“否”；有下拉列表的列请从列表中选。",
    "四、不要合并单元格，一行一条记录；空行会跳过。至少填写“网站”或“新媒体”中的一张表，用不到的表可以删除。",
    "五、填好后可先用 duwang registry check 检查，问题会逐行列出。",
)


def write_template(path: Path | str) -> Path:
    """Write the template workbook (.xlsx) and give its path back."""
    book = Workbook()
    guide = book.active
    assert isinstance(guide, Worksheet)
    _guide(guide)
    for sheet in SHEETS:
        _sheet(book.create_sheet(sheet.name), sheet)
    target = Path(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    book.save(target)
    return target


def _guide(page: Worksheet) -> None:
    page.title = "填写说明"
    page.append(["名录填写说明"])
    page["A1"].font = Font(bold=True, size=14)
    for sentence in _GENERAL:
        page.append([sentence])
    page.append([])
    page.append(["表", "列", "必填", "可填内容"])
    for cell in page[page.max_row]:
        cell.font = Font(bold=True)
    for sheet in SHEETS:
        for heading in sheet.headings:
            page.append([sheet.name, heading.name, "是" if heading.required else "", _meaning(heading)])
    for letter, width in zip("ABCD", (12, 16, 8, 90), strict=True):
        page.column_dimensions[letter].width = width


def _sheet(page: Worksheet, sheet: Sheet) -> None:
    page.append([heading.name + ("*" if heading.required else "") for heading in sheet.headings])
    page.freeze_panes = "A2"
    for number, heading in enumerate(sheet.headings, start=1):
        letter = get_column_letter(number)
        page.column_dimensions[letter].width = max(14, len(heading.name) * 2 + 4)
        page.column_dimensions[letter].number_format = "yyyy-mm-dd" if heading.kind == "date" else "@"
        head = page.cell(row=1, column=number)
        head.font = Font(bold=True)
        head.fill = _REQUIRED if heading.required else _OPTIONAL
        head.alignment = Alignment(horizontal="center")
        if meaning := _meaning(heading):
            head.comment = Comment(meaning, "读网")
        if heading.allowed:
            _drop_down(page, letter, heading)


def _drop_down(page: Worksheet, letter: str, heading: Heading) -> None:
    choice = DataValidation(
        type="list", formula1=f'"{",".join(heading.allowed)}"', allow_blank=True, showErrorMessage=True
    )
    choice.errorTitle = "不在可填范围内"
    choice.error = "请从下拉列表中选择"
    page.add_data_validation(choice)
    choice.add(f"{letter}2:{letter}{_LAST_ROW}")


def _meaning(heading: Heading) -> str:
    if heading.allowed:
        return "、".join(heading.allowed) + (f"（{heading.hint}）" if heading.hint else "")
    if heading.kind == "date":
        return "日期，例如2024-09-01"
    return heading.hint
