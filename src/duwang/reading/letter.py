"""A published letter: when it came, when and by whom it was answered, what the answer says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from duwang.model.material import Document
from duwang.reading.dates import first_date

_LABELS: Mapping[str, str] = {
    "number": r"(?:信件|来信|留言|咨询|受理|办件|查询)?(?:编号|索引号|编码)",
    "asked": r"(?:来信|留言|提交|写信|咨询|提问|发布|发表|诉求|受理|申请|反映)(?:时间|日期)",
    "answered": r"(?:答复|回复|办结|完成|办理|处理|反馈)(?:时间|日期)",
    "unit": r"(?:答复|回复|办理|受理|处理|承办|回应|办复)(?:单位|部门|机构|机关|人)",
    "reply": r"(?:答复|回复|办理|处理)(?:内容|结果|意见|情况)|答复|回复|官方回复",
    "question": r"(?:来信|留言|咨询|信件|诉求|问题|提问)(?:内容|正文)|内容",
    "title": r"(?:来信|留言|信件|咨询)?(?:标题|主题)",
    "state": r"(?:办理|处理|信件|当前)?(?:状态|进度)|处理进度",
}
_LABEL = re.compile(
    r"(?:(?<=[\n\t。；| \u3000])|^)[ \u3000]*[【\[]?(?:"
    + "|".join(f"(?P<{name}>{words})" for name, words in _LABELS.items())
    + r")[】\]]?[ \u3000]*[：:\n\t|]"
)
_EMPTY = re.compile(r"^[\s\-—/、。：:]*$|^(?:无|暂无|null|见附件|已回复|已答复|已办结|详见附件)[。.]?$", re.IGNORECASE)
_OPEN = re.compile(r"未(?:答复|回复|办理|处理|受理)|待(?:答复|回复|办理|处理|受理|审查)|(?:办理|处理|受理)中")


@dataclass(frozen=True, slots=True)
class LetterPage:
    """What a page says of one letter. `labels`: which of asked, answered, unit, reply … have a label there, with or without a value."""

    title: str
    number: str = ""
    asked: date | None = None
    answered: date | None = None
    unit: str = ""
    reply: str = ""
    labels: frozenset[str] = frozenset()
    waiting: bool = False

    @property
    def is_answered(self) -> bool:
        """Whether the page shows an answer, however incomplete."""
        return bool(self.answered or self.unit or self.reply) and not self.waiting

    @property
    def itemised(self) -> bool:
        """Whether the page is a form with items of its own, where a missing one shows; else times and unit may stand in its head."""
        return len(self.labels & {"asked", "answered", "unit", "reply"}) >= 3

    def missing(self) -> tuple[str, ...]:
        """Of the four elements of a published letter those that are not there."""
        found = (
            ("留言时间", self.asked),
            ("答复时间", self.answered),
            ("答复单位", self.unit),
            ("答复内容", self.reply),
        )
        return tuple(name for name, value in found if not value)


def letter_of(document: Document) -> LetterPage | None:
    """The letter that a page shows; None when the page is no letter."""
    return letter_in(document.body, title=document.title)


def letter_in(text: str, *, title: str = "") -> LetterPage | None:
    """The same from plain text. A page is a letter when labels of both sides are on it: of the asking and of the answer."""
    values: dict[str, str] = {}
    found = list(_LABEL.finditer(text))
    for n, match in enumerate(found):
        name = next(name for name in _LABELS if match[name])
        end = found[n + 1].start() if n + 1 < len(found) else len(text)
        value = text[match.end() : end].strip(" \u3000\n\t：:|")
        if value or name not in values:
            values[name] = values.get(name) or value
    labels = frozenset(values)
    if not labels & {"answered", "unit", "reply"} or not labels & {"asked", "number", "question"}:
        return None
    reply = "" if _EMPTY.match(values.get("reply", "")) else values.get("reply", "")
    unit = values.get("unit", "").partition("\n")[0].partition("\t")[0].strip()
    return LetterPage(
        values.get("title", "").partition("\n")[0] or title,
        values.get("number", "").partition("\n")[0],
        _day(values.get("asked", "")),
        _day(values.get("answered", "")),
        "" if _EMPTY.match(unit) else unit,
        reply,
        labels,
        bool(_OPEN.search(values.get("state", "")[:20])),
    )


def _day(text: str) -> date | None:
    found = first_date(text[:40])
    return found.on if found else None
