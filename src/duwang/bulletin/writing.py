"""Material + style → the document tree: annexes first, figures counted from them, then the sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from duwang.bulletin.annexes import annexes_of, whole
from duwang.bulletin.counting import Counter
from duwang.bulletin.data import Material
from duwang.bulletin.faults import BulletinFault
from duwang.bulletin.figures import disagreements
from duwang.bulletin.style import Style
from duwang.bulletin.template import PROBLEMS, REQUIREMENTS, FigurePlan, SectionText
from duwang.bulletin.tree import Annex, Bulletin, Head, Paragraph, Run, Section, day_in_words
from duwang.bulletin.wording import Wording

_YEAR = re.compile(r"^\d{4}年第?")


def write(material: Material, style: Style) -> Bulletin:
    """The notice; every figure has been re-added from its rows. BulletinFault says what is missing and where."""
    words = {**_standing(material, style), **material.words}
    annexes = annexes_of(material.annexes, style.annexes, material.tables, Wording(words=words))
    plans, annexes = _with_columns(_plans(material, style), annexes, material.tables)
    printed = [annex for annex in annexes if annex.printed]
    empty = frozenset(name for name, rows in material.tables.items() if not rows)
    counter = Counter({annex.key: annex for annex in annexes}, plans, _optional(material, style), empty)
    counter.run()
    absent = {f"附件:{plan.key}": "" for plan in style.annexes}
    words |= {**absent, **_annex_words(printed, material.attached), **counter.words}
    plain = Wording(counter.figures, words)
    templates = {**style.phrases, **material.phrases}
    wording = Wording(
        counter.figures, words, {name: plain.phrase(text, where=name) for name, text in templates.items()}
    )
    bulletin = Bulletin(
        head=_head(material, style, wording),
        opening=tuple(wording.paragraph(text, where="opening") for text in material.opening or style.opening),
        sections=_with_deadline(_sections(material.sections or style.sections, material, style, wording), words),
        annexes=annexes,
        contacts=material.contacts,
        deadline=material.deadline,
        disclosure=style.disclosure if material.disclosure is None else material.disclosure,
        figures=dict(counter.figures),
        pending=material.pending,
        attached=tuple(wording.text(title, where="attached") for title in material.attached),
        colophon=material.colophon,
        draft=material.draft,
    )
    for wrong in disagreements(bulletin):
        raise BulletinFault(f"数字核对不上：{wrong}")
    return bulletin


def _with_deadline(sections: tuple[Section, ...], words: Mapping[str, str]) -> tuple[Section, ...]:
    """A deadline that no sentence tells (own requirements replace the style's) closes the last section."""
    day, short = words["期限"], words["期限短"]
    if not sections or not day or any(day in text or short in text for text in _texts(sections)):
        return sections
    closing = Paragraph((Run(f"请各单位于{day}前完成整改并报送整改情况。"),))
    return (*sections[:-1], replace(sections[-1], closing=(*sections[-1].closing, closing)))


def _texts(sections: tuple[Section, ...]) -> Iterator[str]:
    for section in sections:
        yield from (paragraph.text for paragraph in (*section.paragraphs, *section.closing))
        yield from _texts(section.sections)


def _plans(material: Material, style: Style) -> dict[str, FigurePlan]:
    return {plan.name: plan for plan in (*style.figures, *material.figures)}


def _with_columns(
    plans: dict[str, FigurePlan], annexes: tuple[Annex, ...], tables: Mapping[str, Sequence[Mapping[str, str]]]
) -> tuple[dict[str, FigurePlan], tuple[Annex, ...]]:
    """An annex shows what its style asks for; a figure that asks for a field it does not show is counted from the whole table."""
    shown = {annex.key: {column.title for column in annex.columns} for annex in annexes}
    fields = {name: {field for row in rows for field in row} for name, rows in tables.items()}
    asked = {
        name: {field for field in (*plan.where, plan.column) if field}
        for name, plan in plans.items()
        if plan.of in shown and plan.of in fields
    }
    lacking = {
        name for name, needed in asked.items() if needed - shown[plans[name].of] and needed <= fields[plans[name].of]
    }
    made: dict[str, Annex] = {}
    for of in sorted({plans[name].of for name in lacking}):
        needed = {field for name in lacking if plans[name].of == of for field in asked[name]}
        made[of] = whole(of, tables[of], needed=needed, key=of if of in _raw(annexes) else f"{of}（全表）")
    kept = tuple(annex for annex in annexes if annex.key not in {one.key for one in made.values()})
    moved = {name: replace(plans[name], of=made[plans[name].of].key) for name in lacking}
    return {**plans, **moved}, (*kept, *made.values())


def _raw(annexes: Sequence[Annex]) -> set[str]:
    return {annex.key for annex in annexes if not annex.printed}


def _optional(material: Material, style: Style) -> frozenset[str]:
    return frozenset(plan.name for plan in style.figures) - {plan.name for plan in material.figures}


def _standing(material: Material, style: Style) -> dict[str, str]:
    """Words every notice can use."""
    head, deadline = material.head, material.deadline
    mails = [contact.mail for contact in material.contacts if contact.mail]
    return {
        "发文机关": head.issuer,
        "期次": head.period,
        "期次短": _YEAR.sub("", head.period),
        "报送单位": head.issuer,
        "依据": head.basis,
        "日期": day_in_words(head.day) if head.day else "",
        "期限": day_in_words(deadline) if deadline else "",
        "期限短": _short(deadline, head.day),
        "邮箱": mails[0] if mails else "",
        "样式": style.name,
    }


def _short(deadline: date | None, day: date | None) -> str:
    """12月26日 within the year of issue, else with its year."""
    if deadline is None:
        return ""
    same = day is not None and day.year == deadline.year
    return f"{deadline.month}月{deadline.day}日" if same else day_in_words(deadline)


def _annex_words(printed: Sequence[Annex], attached: Sequence[str]) -> dict[str, str]:
    """附件:键 → 附件2; a single annex has no number."""
    alone = len(printed) + len(attached) == 1
    return {f"附件:{annex.key}": "附件" if alone else f"附件{number}" for number, annex in enumerate(printed, 1)}


def _head(material: Material, style: Style, wording: Wording) -> Head:
    head = material.head
    title = wording.text(head.title or style.title, where="head.title")
    addressees = (head.addressees or wording.text(style.addressees, where="addressees")).rstrip("：:")
    mark = wording.text(head.mark or style.mark, where="head.mark")
    signature = wording.text(style.signature, where="signature")
    return replace(head, title=title, addressees=addressees, mark=mark, signature=signature)


def _sections(
    plans: Sequence[SectionText], material: Material, style: Style, wording: Wording, level: int = 1
) -> tuple[Section, ...]:
    made = ((plan, _section(plan, material, style, wording, level)) for plan in plans if _said(plan, wording))
    return tuple(section for plan, section in made if not _came_out_empty(plan, section))


def _came_out_empty(plan: SectionText, section: Section) -> bool:
    """A heading whose text and parts all had nothing to say in this notice."""
    had_something = bool(plan.texts or plan.sections or plan.fill)
    return had_something and not (section.paragraphs or section.sections or section.closing)


def _section(plan: SectionText, material: Material, style: Style, wording: Wording, level: int) -> Section:
    inner = tuple(_filled(plan, material, style))
    return Section(
        level=level,
        heading=wording.text(plan.heading, where=plan.where),
        paragraphs=_paragraphs(plan.texts, plan, wording),
        sections=_sections(inner, material, style, wording, level + 1 if plan.heading else level),
        closing=_paragraphs(plan.closing, plan, wording),
        run_in=plan.run_in,
        numbering=plan.numbering,
    )


def _paragraphs(texts: Sequence[str], plan: SectionText, wording: Wording) -> tuple[Paragraph, ...]:
    made = (wording.paragraph(text, where=plan.where) for text in texts)
    return tuple(paragraph for paragraph in made if paragraph.text)


def _filled(plan: SectionText, material: Material, style: Style) -> Iterator[SectionText]:
    yield from plan.sections
    if plan.fill == PROBLEMS:
        yield from (section for section in material.problems if section.heading not in style.told)
    elif plan.fill == REQUIREMENTS:
        yield from material.requirements or style.requirements


def _said(plan: SectionText, wording: Wording) -> bool:
    """False for a section whose conditions are all zero, empty or not there; several are written 甲|乙."""
    if not plan.when:
        return True
    figures, words, phrases = wording.figures, wording.words, wording.phrases
    return any(
        figures[name].value if name in figures else phrases.get(name) or words.get(name)
        for name in plan.when.split("|")
    )
