"""Editing a finished notice: words are changed and parts put in another order, figures stay as counted. An edited text holds
places ({名称}) for its figures, which are filled from the tree each time: a figure cannot be changed by writing over it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from duwang.bulletin.tree import Bulletin, Paragraph, Run, Section
from duwang.bulletin.wording import PLACE

_COUNTED = re.compile(
    r"(?:\d+(?:\.\d+)?|[两三四五六七八九十百千]+)(?:家|处|条|件)|\d+(?:\.\d+)?(?:个|次|篇|名|人|[%％])"
)
_LONGEST = 3000


class EditFault(ValueError):
    """A text that cannot stand, in one Chinese sentence."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph open to editing. `key` names its place by the headings above it, `template` is its text with places."""

    key: str
    heading: str
    text: str
    template: str
    edited: bool = False


@dataclass(frozen=True, slots=True)
class Edited:
    """The notice with the edits that fit, and the keys of those that do not fit any more."""

    bulletin: Bulletin
    dropped: tuple[str, ...]


def passages(bulletin: Bulletin) -> tuple[Passage, ...]:
    """Every paragraph in reading order, with its key."""
    found: list[Passage] = []

    def keep(key: str, heading: str, paragraph: Paragraph) -> Paragraph:
        if not any(run.face for run in paragraph.runs):
            found.append(Passage(key, heading, paragraph.text, template_of(paragraph)))
        return paragraph

    _walk(bulletin, keep)
    return tuple(found)


def template_of(paragraph: Paragraph) -> str:
    return "".join(f"{{{run.figure}}}" if run.figure else run.text for run in paragraph.runs)


def edited(bulletin: Bulletin, texts: Mapping[str, Mapping[str, str]]) -> Edited:
    """The notice with edited texts by key: `was` the template that was edited, `text` what it became. An edit whose figures are
    no longer those of its paragraph is dropped, not guessed at."""
    fitted: set[str] = set()

    def fill(key: str, _: str, paragraph: Paragraph) -> Paragraph:
        edit = texts.get(key)
        if edit is None or _places(template_of(paragraph)) != _places(edit["was"]):
            return paragraph
        try:
            runs = tuple(_runs(edit["text"], bulletin))
        except EditFault:
            return paragraph
        fitted.add(key)
        return Paragraph(runs)

    made = _walk(bulletin, fill)
    return Edited(made, tuple(key for key in texts if key not in fitted))


def checked(was: str, text: str, bulletin: Bulletin) -> str:
    """The edited text when it may stand; EditFault when it loses a figure, names an unknown one or counts by itself."""
    written = "".join(line.strip() for line in text.splitlines())
    if not written:
        raise EditFault("文字不能为空；不要这一段时，把对应的问题在“问题取舍”里去掉")
    if len(written) > _LONGEST:
        raise EditFault(f"一段文字不超过{_LONGEST}字")
    if "{" in PLACE.sub("", written) or "}" in PLACE.sub("", written):
        raise EditFault("大括号只用来写数字的名称，如{网站检查数}")
    list(_runs(written, bulletin))
    lost = _places(was) - _places(written)
    if lost:
        raise EditFault(f"数字不能删去：{'、'.join(f'{{{name}}}' for name in lost)}")
    own = [count for count in _COUNTED.findall(PLACE.sub("", written)) if count not in PLACE.sub("", was)]
    if own:
        raise EditFault(f"“{own[0]}”没有数据对应，数字要写成大括号里的名称，由系统填写")
    return written


def ordered(bulletin: Bulletin, order: Mapping[str, Sequence[str]]) -> Bulletin:
    """Subsections in the chosen order, by the heading of their section; what is not named keeps its place behind."""

    def arranged(section: Section) -> Section:
        wanted = {heading: at for at, heading in enumerate(order.get(section.heading, ()))}
        inner = sorted(section.sections, key=lambda one: wanted.get(one.heading, len(wanted)))
        return replace(section, sections=tuple(map(arranged, inner)))

    return replace(bulletin, sections=tuple(map(arranged, bulletin.sections)))


def orders(bulletin: Bulletin) -> dict[str, list[str]]:
    """Sections with several headed subsections → those headings as they stand."""
    return {
        section.heading: [one.heading for one in section.sections]
        for section in bulletin.sections
        if section.heading and sum(bool(one.heading) for one in section.sections) > 1
    }


def _places(template: str) -> Counter[str]:
    return Counter(PLACE.findall(template))


def _runs(template: str, bulletin: Bulletin) -> Iterator[Run]:
    at = 0
    for place in PLACE.finditer(template):
        if place[1] not in bulletin.figures:
            raise EditFault(f"没有名为“{place[1]}”的数字")
        if place.start() > at:
            yield Run(template[at : place.start()])
        yield Run(bulletin.figures[place[1]].text, figure=place[1])
        at = place.end()
    if at < len(template):
        yield Run(template[at:])


def _walk(bulletin: Bulletin, do: Callable[[str, str, Paragraph], Paragraph]) -> Bulletin:
    """Every paragraph replaced by what `do(key, heading, paragraph)` makes of it."""

    def inside(section: Section, path: str, at: int) -> Section:
        here = f"{path}/{section.heading or f'第{at}部分'}"
        name = section.heading or path.rpartition("/")[2]
        return replace(
            section,
            paragraphs=tuple(do(f"{here}#{n}", name, one) for n, one in enumerate(section.paragraphs, 1)),
            sections=tuple(inside(one, here, n) for n, one in enumerate(section.sections, 1)),
            closing=tuple(do(f"{here}#末{n}", name, one) for n, one in enumerate(section.closing, 1)),
        )

    return replace(
        bulletin,
        opening=tuple(do(f"开头#{n}", "开头", one) for n, one in enumerate(bulletin.opening, 1)),
        sections=tuple(inside(one, "", n) for n, one in enumerate(bulletin.sections, 1)),
    )
