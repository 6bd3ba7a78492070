"""The lines of a notice in reading order, the same for every form: what docx, pdf, html and md print one after another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from duwang.bulletin.render.titles import title_lines
from duwang.bulletin.tree import Annex, Bulletin, Contact, Paragraph, Run, Section, day_in_words, numbered


class Role(StrEnum):
    """What a line is; each form knows how it looks."""

    DRAFT = "draft"
    MARK = "mark"
    NUMBER = "number"
    RULE = "rule"
    TITLE = "title"
    ADDRESSEES = "addressees"
    HEADING = "heading"
    BODY = "body"
    CONTACT = "contact"
    ATTACHED = "attached"
    SIGNATURE = "signature"
    DAY = "day"
    NOTE = "note"


CLOSING = frozenset({Role.CONTACT, Role.ATTACHED, Role.SIGNATURE, Role.DAY, Role.NOTE})
_FACES = {1: "黑体", 2: "楷体"}
_ENDS = "。！？：；，、…"
_CONTACT = (("name", "联 系 人"), ("phone", "联系电话"), ("mail", "邮    箱"))


@dataclass(frozen=True, slots=True)
class Line:
    """Runs with their role. `level` of a heading 1–4; `lead` is the fixed beginning of an attachment line (附件：1. or 2.);
    `first` and `last` tell the ends of a group of equal lines."""

    role: Role
    runs: tuple[Run, ...] = ()
    level: int = 0
    lead: str = ""
    first: bool = True
    last: bool = True

    @property
    def text(self) -> str:
        return self.lead + "".join(run.text for run in self.runs)


def lines_of(bulletin: Bulletin) -> tuple[Line, ...]:
    """Everything but the annexes."""
    return (*_head(bulletin), *_body(bulletin), *_tail(bulletin))


def annex_label(bulletin: Bulletin, annex: Annex) -> str:
    """附件2, or 附件 when there is only one."""
    if len(bulletin.annex_titles()) == 1:
        return "附件"
    return f"附件{bulletin.printed_annexes().index(annex) + 1}"


def signing_indents(name: str, day: date | None) -> tuple[float, float]:
    """How far name and date end from the right edge, in characters: the date four in, the name centred over it (GB/T 9704
    7.3.5.1); a name too long for that ends at the edge and the date is centred under it."""
    width = _width(day_in_words(day)) if day else 0.0
    indent = 4 + (width - len(name)) / 2
    if indent >= 0 or not day:
        return max(indent, 0.0), 4.0
    return 0.0, max((len(name) - width) / 2, 0.0)


def _width(text: str) -> float:
    return sum(0.5 if char.isascii() else 1.0 for char in text)


def _head(bulletin: Bulletin) -> Iterator[Line]:
    head = bulletin.head
    if bulletin.draft:
        yield Line(Role.DRAFT, (Run(f"（{bulletin.draft}）", face="黑体"),))
    if head.mark:
        yield Line(Role.MARK, (Run(head.mark),))
        if head.number:
            yield Line(Role.NUMBER, (Run(head.number),))
        yield Line(Role.RULE)
    yield from _group(Role.TITLE, title_lines(head.title))
    if head.number and not head.mark:
        yield Line(Role.NUMBER, (Run(head.number),))
    if head.addressees:
        yield Line(Role.ADDRESSEES, (Run(f"{head.addressees}："),))


def _body(bulletin: Bulletin) -> Iterator[Line]:
    yield from (Line(Role.BODY, paragraph.runs) for paragraph in bulletin.opening)
    yield from _sections(bulletin.sections, "")


def _sections(sections: Sequence[Section], numbering: str) -> Iterator[Line]:
    for number, section in numbered(sections, numbering):
        rest = section.paragraphs
        if section.heading:
            face = "" if numbering else _FACES.get(section.level, "")
            goes_on = section.run_in and bool(rest)
            yield Line(
                Role.HEADING, (*_heading(number, section, face), *(rest[0].runs if goes_on else ())), section.level
            )
            rest = rest[1:] if goes_on else rest
        yield from _paragraphs(rest)
        yield from _sections(section.sections, section.numbering)
        yield from _paragraphs(section.closing)


def _heading(number: str, section: Section, face: str) -> tuple[Run, ...]:
    ended = section.heading.endswith(tuple(_ENDS))
    stop = "。" if section.run_in and not ended else ""
    return (Run(f"{number}{section.heading}{stop}", face=face),)


def _paragraphs(paragraphs: Sequence[Paragraph]) -> Iterator[Line]:
    yield from (Line(Role.BODY, paragraph.runs) for paragraph in paragraphs)


def _tail(bulletin: Bulletin) -> Iterator[Line]:
    yield from _group(Role.CONTACT, [text for contact in bulletin.contacts for text in _contact(contact)])
    yield from _attached(bulletin.annex_titles())
    head = bulletin.head
    if head.signature:
        yield Line(Role.SIGNATURE, (Run(head.signature),))
    if head.day:
        yield Line(Role.DAY, (Run(day_in_words(head.day)),))
    if bulletin.disclosure:
        yield Line(Role.NOTE, (Run(f"（{bulletin.disclosure}）"),))


def _contact(contact: Contact) -> Iterator[str]:
    for key, label in _CONTACT:
        if written := getattr(contact, key):
            yield f"{label}：{written}"


def _attached(titles: Sequence[str]) -> Iterator[Line]:
    for at, title in enumerate(titles):
        number = f"{at + 1}." if len(titles) > 1 else ""
        lead = f"附件：{number}" if at == 0 else number
        yield Line(Role.ATTACHED, (Run(title),), lead=lead, first=at == 0, last=at == len(titles) - 1)


def _group(role: Role, texts: Sequence[str]) -> Iterator[Line]:
    for at, text in enumerate(texts):
        yield Line(role, (Run(text),), first=at == 0, last=at == len(texts) - 1)
