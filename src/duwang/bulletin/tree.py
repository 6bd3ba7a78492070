"""The one document tree of a notice: every renderer prints it, the audit and the tests re-add its figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as printed (`text`) with where it comes from.

    `how`: given (somebody reported it), rows (`rows` are row numbers, from 0, of the annex with key `of`), sum and minus
    (over the figures named in `parts`), rate ((parts[0] − parts[1]) ÷ parts[0]), share (parts[0] ÷ parts[1]) or column
    (the numbers in column `column` of `rows` added up). `value` is exact, a percentage for rate and share.
    """

    name: str
    value: int | Decimal
    text: str
    how: str = "given"
    of: str = ""
    rows: tuple[int, ...] = ()
    parts: tuple[str, ...] = ()
    column: str = ""
    decimals: int = 2


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text; `figure` names the figure it prints, `face` is "" (body), 黑体 or 楷体."""

    text: str
    figure: str = ""
    face: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Runs in order; a figure is a run of its own."""

    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Section:
    """One heading with what stands under it. `level` 1 一、 2 （一） 3 1. 4 （1）; an empty heading prints no number.

    `run_in`: the first paragraph goes on in the heading's line. `closing` stands after the subsections. `numbering`: how
    the subsections are numbered instead (`{n}是` → 一是, 二是).
    """

    level: int
    heading: str
    paragraphs: tuple[Paragraph, ...] = ()
    sections: tuple[Section, ...] = ()
    closing: tuple[Paragraph, ...] = ()
    run_in: bool = False
    numbering: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of an annex. `share` is its part of the width; `text`: numbers stay text (codes); `centred` cells."""

    title: str
    share: float = 1.0
    centred: bool = False
    text: bool = True


@dataclass(frozen=True, slots=True)
class Annex:
    """A table behind the notice. `merge`: titles of columns in which equal neighbours become one cell, the first of them
    bounding the others. `printed` False: only in 附件.xlsx, so that figures counted from it can be re-added."""

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    merge: tuple[str, ...] = ()
    landscape: bool = False
    note: str = ""
    printed: bool = True

    def at(self, title: str) -> int:
        """Index of a column; KeyError when there is none."""
        for index, column in enumerate(self.columns):
            if column.title == title:
                return index
        raise KeyError(title)

    def values(self, title: str) -> tuple[str, ...]:
        index = self.at(title)
        return tuple(row[index] for row in self.rows)

    def spans(self) -> Mapping[tuple[int, int], int]:
        """(row, column) of every merged cell's top → how many rows it covers (2 or more)."""
        found: dict[tuple[int, int], int] = {}
        indices = [self.at(title) for title in self.merge]
        for column in indices:
            start = 0
            for row in range(1, len(self.rows) + 1):
                if row < len(self.rows) and self._joined(row, column, indices[0]):
                    continue
                if row - start > 1:
                    found[start, column] = row - start
                start = row
        return found

    def _joined(self, row: int, column: int, bound: int) -> bool:
        above, here = self.rows[row - 1], self.rows[row]
        return above[column] == here[column] != "" and above[bound] == here[bound]


@dataclass(frozen=True, slots=True)
class Contact:
    """联系人、联系电话、邮箱 as printed at the end; any may be empty."""

    name: str = ""
    phone: str = ""
    mail: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """`title` may hold line breaks at sense units; `mark` is the red head (发文机关标志), "" for none; `period` in words;
    `signature` is the name above the date, "" for the date alone."""

    issuer: str
    title: str
    day: date | None = None
    number: str = ""
    addressees: str = ""
    period: str = ""
    basis: str = ""
    mark: str = ""
    signature: str = ""


@dataclass(frozen=True, slots=True)
class Pending:
    """Something that is not printed as a fact: an open question, or a problem whose unit is not certain. Not for issue."""

    kind: str
    target: str
    name: str
    org: str
    text: str
    why: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class Colophon:
    """版记 at the foot of the last page: who gets copies (抄送), who issues (印发机关) and when (印发日期)."""

    copies: str = ""
    office: str = ""
    day: date | None = None

    def lines(self) -> tuple[tuple[str, ...], ...]:
        """Rows as printed: 抄送：甲，乙。 and the office with the day opposite."""
        copies = (f"抄送：{self.copies.rstrip('。')}。",) if self.copies else ()
        issued = (self.office, f"{day_in_words(self.day)}印发" if self.day else "")
        return tuple(row for row in (copies, issued) if any(row))


@dataclass(frozen=True, slots=True)
class Bulletin:
    """A notice. `opening` stands before the sections; `disclosure` is the 附注 without its parentheses. `draft` says why it must
    not be issued yet, "" for a notice that may."""

    head: Head
    opening: tuple[Paragraph, ...] = ()
    sections: tuple[Section, ...] = ()
    annexes: tuple[Annex, ...] = ()
    contacts: tuple[Contact, ...] = ()
    deadline: date | None = None
    disclosure: str = ""
    figures: Mapping[str, Figure] = field(default_factory=dict)
    pending: tuple[Pending, ...] = ()
    attached: tuple[str, ...] = ()
    colophon: Colophon = field(default_factory=Colophon)
    draft: str = ""

    def printed_annexes(self) -> tuple[Annex, ...]:
        return tuple(annex for annex in self.annexes if annex.printed)

    def annex(self, key: str) -> Annex:
        """KeyError when there is none."""
        for annex in self.annexes:
            if annex.key == key:
                return annex
        raise KeyError(key)

    def annex_titles(self) -> tuple[str, ...]:
        """Titles under 附件：, in order: printed tables, then files that go along."""
        return (*(annex.title for annex in self.printed_annexes()), *self.attached)

    def paragraphs(self) -> Iterator[Paragraph]:
        """Every paragraph in reading order."""
        yield from self.opening
        for section in self.sections:
            yield from _inside(section)

    def texts(self) -> Iterator[str]:
        """Everything that may leave, piece by piece: what a leak scan must see."""
        head = self.head
        yield from (head.issuer, head.title, head.number, head.addressees, head.mark, head.signature)
        yield from (paragraph.text for paragraph in self.paragraphs())
        yield from _headings(self.sections)
        for contact in self.contacts:
            yield from (contact.name, contact.phone, contact.mail)
        yield from (self.colophon.copies, self.colophon.office, self.draft)
        for annex in self.annexes:
            yield annex.title
            yield annex.note
            for row in annex.rows:
                yield "\t".join(row)
        yield from self.attached


_NUMERALS = "〇一二三四五六七八九"


def numeral(n: int) -> str:
    """1 → 一, 12 → 十二, 20 → 二十, up to 99."""
    tens, ones = divmod(n, 10)
    if not tens:
        return _NUMERALS[ones]
    return ("" if tens == 1 else _NUMERALS[tens]) + "十" + (_NUMERALS[ones] if ones else "")


def ordinal(level: int, n: int) -> str:
    """The number before a heading: 一、 （一） 1. （1）."""
    return (f"{numeral(n)}、", f"（{numeral(n)}）", f"{n}.", f"（{n}）")[level - 1]


def day_in_words(day: date) -> str:
    """2024年4月5日: no leading zeros."""
    return f"{day.year}年{day.month}月{day.day}日"


def numbered(sections: Sequence[Section], numbering: str = "") -> Iterator[tuple[str, Section]]:
    """Sections with their numbers; those without a heading have none and are not counted."""
    n = 0
    for section in sections:
        if section.heading:
            n += 1
            yield numbering.replace("{n}", numeral(n)) if numbering else ordinal(section.level, n), section
        else:
            yield "", section


def _inside(section: Section) -> Iterator[Paragraph]:
    yield from section.paragraphs
    for inner in section.sections:
        yield from _inside(inner)
    yield from section.closing


def _headings(sections: Sequence[Section]) -> Iterator[str]:
    for section in sections:
        yield section.heading
        yield from _headings(section.sections)
