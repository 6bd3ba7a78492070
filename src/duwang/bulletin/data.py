"""Bulletin data (interfaces §4): a YAML file becomes the material of a notice, with messages that name file and key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import yaml

from duwang.bulletin.entries import Entry
from duwang.bulletin.faults import BulletinFault
from duwang.bulletin.telling import told
from duwang.bulletin.template import AnnexPlan, FigurePlan, SectionText, annex_from, figure_from, section_from
from duwang.bulletin.tree import Colophon, Contact, Head, Pending

_MOST_BYTES = 20_000_000
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_TOP = (
    "style", "head", "figures", "sections", "problems", "requirements", "deadline", "contacts", "annexes", "attached",
    "disclosure", "tables", "problem_sections", "colophon",
)  # fmt: skip
PROBLEM_FIELDS = {
    "kind": "类别", "item": "问题类型", "org": "责任单位", "supervisor": "主管单位", "region": "区域", "target": "名称",
    "platform": "平台", "filing_no": "备案单号", "text": "问题", "count": "处数", "verdict": "判定", "note": "备注",
}  # fmt: skip
SITES, ACCOUNTS, OPENNESS = "政府网站", "政务新媒体", "政务公开"
# 类别 in the words people use; any other word there is a 问题类型, and the 类别 shows from 平台 and 备案单号
_CATEGORIES = {
    **dict.fromkeys((SITES, "网站", "门户网站", "政府门户网站"), SITES),
    **dict.fromkeys((ACCOUNTS, "新媒体", "账号", "政务新媒体账号"), ACCOUNTS),
    **dict.fromkeys((OPENNESS, "政府信息公开", "信息公开"), OPENNESS),
}


@dataclass(frozen=True, slots=True)
class Material:
    """Everything a notice is written from, before a style has ordered it. `tables`: rows by table name, each a mapping of
    field name to text; the problems are the table `problems`. `head` holds texts with places for figures."""

    head: Head
    style: str = ""
    figures: tuple[FigurePlan, ...] = ()
    sections: tuple[SectionText, ...] = ()
    tables: Mapping[str, tuple[Mapping[str, str], ...]] = field(default_factory=dict)
    problems: tuple[SectionText, ...] = ()
    requirements: tuple[SectionText, ...] = ()
    deadline: date | None = None
    contacts: tuple[Contact, ...] = ()
    annexes: tuple[AnnexPlan, ...] = ()
    attached: tuple[str, ...] = ()
    disclosure: str | None = None
    words: Mapping[str, str] = field(default_factory=dict)
    pending: tuple[Pending, ...] = ()
    opening: tuple[str, ...] = ()
    phrases: Mapping[str, str] = field(default_factory=dict)
    colophon: Colophon = field(default_factory=Colophon)
    draft: str = ""


def load_data(body: bytes | str, *, name: str) -> Material:
    """The material in a YAML file; BulletinFault names file, line or key. Numbers stay as written (备案单号 is text)."""
    if len(body) > _MOST_BYTES:
        raise BulletinFault(f"{name}：文件超过20MB，不像通报数据")
    try:
        text = body.decode("utf-8-sig") if isinstance(body, bytes) else body
        content = yaml.load(text, Loader=_LOADER)
    except UnicodeDecodeError:
        raise BulletinFault(f"{name}：不是UTF-8编码的文本") from None
    except yaml.YAMLError as fault:
        raise BulletinFault(f"{name}：{_yaml_fault(fault)}") from None
    entry = Entry(content, "", name)
    if not isinstance(content, dict):
        raise BulletinFault(f"{name}：不是通报数据，最外层应当有 head、figures、sections 等项")
    return _material(entry.known(*_TOP))


def _material(entry: Entry) -> Material:
    head = entry.get("head").known(
        "issuer", "title", "number", "date", "addressees", "period", "basis", "opening", "mark"
    )
    tables: dict[str, tuple[Mapping[str, str], ...]] = {
        "problems": tuple(_problem(item) for item in entry.get("problems").items())
    }
    for key in entry.get("tables").mapping():
        table = entry.get("tables").get(key)
        tables[key] = tuple({name: row.get(name).text() for name in row.mapping()} for row in table.items())
    figures = entry.get("figures")
    sections, plans = told(tables["problems"])
    written = tuple(section_from(item) for item in entry.get("problem_sections").items())
    return Material(
        head=Head(
            issuer=head.get("issuer").text(needed=True),
            title=head.get("title").text(),
            day=head.get("date").day(),
            number=head.get("number").text(),
            addressees="，".join(head.get("addressees").texts()),
            period=head.get("period").text(),
            basis=head.get("basis").text(),
            mark=head.get("mark").text(),
        ),
        style=entry.get("style").text(),
        figures=(*(figure_from(key, figures.get(key)) for key in figures.mapping()), *(() if written else plans)),
        sections=tuple(section_from(item) for item in entry.get("sections").items()),
        tables=tables,
        problems=written or sections,
        requirements=tuple(section_from(item) for item in entry.get("requirements").items()),
        deadline=entry.get("deadline").day(),
        contacts=tuple(_contact(item) for item in entry.get("contacts").items()),
        annexes=tuple(annex_from(item) for item in entry.get("annexes").items()),
        attached=entry.get("attached").texts(),
        disclosure=_disclosure(entry),
        opening=head.get("opening").texts(),
        colophon=_colophon(entry.get("colophon"), head),
    )


def _problem(entry: Entry) -> Mapping[str, str]:
    entry.known(*PROBLEM_FIELDS)
    entry.get("text").text(needed=True)
    row = {title: entry.get(key).text("1" if key == "count" else "") for key, title in PROBLEM_FIELDS.items()}
    kind = row["类别"]
    if kind in _CATEGORIES:
        return {**row, "类别": _CATEGORIES[kind]}
    site = not row["备案单号"] and row["平台"] in ("", *_CATEGORIES)
    return {**row, "类别": SITES if site else ACCOUNTS, "问题类型": row["问题类型"] or kind}


def _disclosure(entry: Entry) -> str | None:
    """The label as written; an empty one means that none is to be printed, a missing one leaves it to the style."""
    return entry.get("disclosure").text().strip("（）()") if "disclosure" in entry.mapping() else None


def _colophon(entry: Entry, head: Entry) -> Colophon:
    """版记 where the file has one; issuer and date of the notice stand in for what it does not say."""
    if entry.value in (None, ""):
        return Colophon()
    entry.known("copies", "office", "date")
    office = entry.get("office").text() or head.get("issuer").text()
    return Colophon("，".join(entry.get("copies").texts()), office, entry.get("date").day() or head.get("date").day())


def _contact(entry: Entry) -> Contact:
    entry.known("name", "phone", "mail")
    return Contact(entry.get("name").text(), entry.get("phone").text(), entry.get("mail").text())


def _yaml_fault(fault: yaml.YAMLError) -> str:
    mark = getattr(fault, "problem_mark", None)
    where = f"第{mark.line + 1}行第{mark.column + 1}列" if mark else ""
    return f"{where}写法不合YAML格式，请检查缩进、冒号后的空格和引号"
