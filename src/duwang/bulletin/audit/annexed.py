"""The text against its annexes: named but missing, other titles, unit lists and counts against the annex rows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from duwang.bulletin.audit.annexes import Annex, Annexes, plain_title
from duwang.bulletin.audit.counts import counts_in
from duwang.bulletin.audit.lists import Named, named_lists
from duwang.bulletin.audit.mismatch import Agreement, Mismatch, Said
from duwang.bulletin.audit.notice import Notice, Span
from duwang.model.findings import Severity

_TOLD = re.compile(r"（[^（）]{0,10}?(?:详?见)?\s*附件\s*(\d{1,2})\s*）|(?:详?见|列入|列于)附件\s*(\d{1,2})")
_WHOLE = 5  # a few lines are an extract, whose annexes nobody expects
_CELL = re.compile(r"[、；;，,/]")
_TOTAL = re.compile(r"^(合\s*计|总\s*计|小\s*计|共\s*计)")


def annexes_in(notice: Notice, lines: tuple[Span, ...], annexes: Annexes) -> Iterator[Said]:
    if annexes.present or annexes.listed or len(lines) >= _WHOLE:
        yield from _missing(annexes)
    yield from _titles(annexes)
    main = [line for line in lines if line.start < annexes.main]
    for line in main:
        for sentence in notice.sentences(line):
            yield from _told(sentence, annexes)
    for annex in annexes.present:
        yield from _whole(notice, main, annex)


def rows_of(annex: Annex) -> tuple[tuple[str, ...], ...]:
    """The rows that stand for something: numbered ones where there are numbers, else all below the heading; no totals."""
    rows = [row for row in annex.rows if row and not any(_TOTAL.match(cell) for cell in row[:2])]
    numbered = [row for row in rows if row[0].strip().isdigit() and len(row[0].strip()) <= 4]
    if len(numbered) >= max(1, len(rows) // 2) and [int(row[0]) for row in numbered[:1]] == [1]:
        return tuple(numbered)
    return tuple(rows[1:])


def _missing(annexes: Annexes) -> Iterator[Said]:
    there = set(annexes.listed) | {annex.number for annex in annexes.present}
    if there == {0} or (there and max(there) == 0):
        there = {0, 1}
    wanted: dict[int, Span] = {}
    for number, span in annexes.references:
        wanted.setdefault(number, span)
    lost = sorted(number for number in wanted if number not in there)
    for number in lost:
        span = wanted[number]
        listed = "、".join(f"附件{n}" for n in sorted(there) if n)
        told = f"正文提到附件{number}，" + (f"附件说明只列出{listed}" if listed else "文中没有附件说明，也没有这个附件")
        yield Mismatch("bulletin/annex-missing", span.start, span.end, told, certainty=0.95 if listed else 0.7)
    if annexes.listed and max(annexes.listed) > 1:
        gaps = [n for n in range(1, max(annexes.listed)) if n not in annexes.listed]
        for n in gaps:
            told = f"附件说明缺少附件{n}"
            yield Mismatch("bulletin/annex-missing", annexes.at, annexes.at + 2, told, certainty=0.85)
    bodies = {annex.number for annex in annexes.present}
    if annexes.listed and 0 not in annexes.listed:
        for annex in annexes.present:
            if annex.number > max(annexes.listed):
                told = f"文后有附件{annex.number}，附件说明没有列出"
                yield Mismatch(
                    "bulletin/annex-missing", annex.region.start, annex.region.start + 3, told, certainty=0.85
                )
    absent = sorted(n for n in annexes.listed if n and n not in bodies)
    if bodies - {0} and absent:
        for n in absent:
            told = f"附件说明列有附件{n}“{annexes.listed[n]}”，文后没有这个附件"
            yield Mismatch("bulletin/annex-missing", annexes.at, annexes.at + 2, told, certainty=0.85)
    elif not lost and (wanted or len(annexes.listed) > 1):
        yield Agreement(f"附件齐全：{'、'.join(f'附件{n}' for n in sorted(there | set(wanted)) if n)}")


def _titles(annexes: Annexes) -> Iterator[Said]:
    for annex in annexes.present:
        listed = annexes.listed.get(annex.number) or (annexes.listed.get(0) if annex.number in (0, 1) else None)
        if not listed or not annex.title or "|" in annex.title or "\t" in annex.title:
            continue
        one, other = plain_title(listed), plain_title(annex.title)
        name = f"附件{annex.number or ''}"
        if one == other or one in plain_title(annex.region.text[:300].replace("\n", "")):
            yield Agreement(f"{name}的题目与附件说明一致")
        elif len(other) <= 60 and _alike(one, other):
            told = f"{name}的题目“{annex.title}”与附件说明“{listed}”不一致"
            start = annex.region.start
            yield Mismatch(
                "bulletin/annex-missing", start, start + len(name), told, severity=Severity.HINT, certainty=0.7
            )


def _told(sentence: Span, annexes: Annexes) -> Iterator[Said]:
    """A sentence that sends the reader to an annex: its list of units, or its one count, against the rows."""
    for found in _TOLD.finditer(sentence.text):
        number = int(found[1] or found[2])
        annex = annexes.get(number)
        if annex is None or not (rows := rows_of(annex)):
            continue
        said = Span(sentence.start, sentence.start + found.start(), sentence.text[: found.start()])
        named = [one for one in named_lists(said) if len(one.names) >= 2]
        if named:
            yield from _units(said, named[-1], annex, rows)
        else:
            yield from _count(said, annex, rows)


def _units(said: Span, named: Named, annex: Annex, rows: tuple[tuple[str, ...], ...]) -> Iterator[Said]:
    tail = said.text[named.end - said.start :]
    problems = _problems(rows, tail)
    about = [row for row in rows if not problems or any(problem in cell for cell in row for problem in problems)]
    told = "、".join(problems) if problems else "问题"
    place = f"附件{annex.number}"
    listed = [_bare(name) for name in named.names]
    lost = [name for name in listed if not any(_same(name, cell) for row in about for cell in row)]
    extra = [row for row in about if not any(_same(name, cell) for name in listed for cell in row)]
    if len(about) == named.said and not lost:
        yield Agreement(f"{named.said}{named.unit}（{told}）与{place}相符，单位逐一对得上")
        return
    for name in list(lost):
        for row in list(extra):
            close = next((cell for cell in row if _near(name, cell)), None)
            if close is not None and name in lost:
                lost.remove(name)
                extra.remove(row)
                yield Mismatch(
                    "bulletin/name-variant",
                    named.start,
                    named.end,
                    f"同一单位两种写法：正文“{name}”，{place}“{close}”",
                    certainty=0.8,
                )
    if len(about) != named.said:
        yield Mismatch(
            "bulletin/figure-mismatch", named.start, named.end, f"正文写{named.said}{named.unit}（{told}），{place}有{len(about)}行",
            certainty=0.85 if problems else 0.7,
        )  # fmt: skip
    if lost and len(lost) <= max(2, len(listed) // 3):
        names = "、".join(f"“{name}”" for name in lost)
        yield Mismatch(
            "bulletin/figure-mismatch",
            named.start,
            named.end,
            f"正文列出的{names}不在{place}（{told}）中",
            certainty=0.8,
        )


def _count(said: Span, annex: Annex, rows: tuple[tuple[str, ...], ...]) -> Iterator[Said]:
    clauses = re.split(r"[，；：。]", said.text)
    clause = Span(said.end - len(clauses[-1]), said.end, clauses[-1])
    counts = counts_in(clause)
    if not counts or "待核" in clause.text:
        return
    values = [count.value for count in counts]
    if len(rows) in (values[-1], sum(values)):
        yield Agreement(
            f"{'＋'.join(map(str, values)) if len(rows) != values[-1] else values[-1]}{counts[-1].unit}与附件{annex.number}的{len(rows)}行相符"
        )
    elif any(len({row[n] for row in rows if n < len(row) and row[n]}) == values[-1] for n in range(len(rows[0]))):
        return  # so many different names on more rows
    elif len(counts) == 1 and counts[0].unit in "个家件条处" and "类" not in counts[0].after:
        told = f"正文写{values[0]}{counts[0].unit}，附件{annex.number}有{len(rows)}行"
        yield Mismatch("bulletin/figure-mismatch", counts[0].start, counts[0].end, told, certainty=0.75)


def _whole(notice: Notice, main: list[Span], annex: Annex) -> Iterator[Said]:
    """不合格网站1个 and an annex on 网站 with one row: said to agree. Only an annex of the 不合格 alone can be wrong: others list lesser
    problems, too."""
    title = annexes_subject(annex.title)
    rows = rows_of(annex)
    if not title or not rows:
        return
    every = [c for line in main for s in notice.sentences(line) for c in counts_in(s) if c.subject == title]
    for line in main:
        counts = [c for c in every if line.start <= c.start < line.end and c.role in ("failed", "problem", "trouble")]
        failed = [c for c in counts if c.role == "failed"]
        for some in (failed, counts):
            if some and sum(c.value for c in some) == len(rows):
                told = "＋".join(f"{c.value}{c.unit}" for c in some)
                yield Agreement(f"{title}问题{told}与附件{annex.number or ''}的{len(rows)}行相符")
                return
    failed = [c for c in every if c.role == "failed"]
    if "不合格" in annex.title and len({c.value for c in failed}) == 1 and failed[0].value != len(rows):
        told = f"正文写不合格{title}{failed[0].value}{failed[0].unit}，附件{annex.number or ''}有{len(rows)}行"
        yield Mismatch("bulletin/figure-mismatch", failed[0].start, failed[0].end, told, certainty=0.85)


def annexes_subject(title: str) -> str:
    """网站 or 新媒体 when a title speaks of one of them only."""
    site, media = "网站" in title, "新媒体" in title
    return "" if site == media else "网站" if site else "新媒体"


def _problems(rows: tuple[tuple[str, ...], ...], tail: str) -> list[str]:
    """What the sentence says of its units, in the words of the annex."""
    cells = {piece.strip() for row in rows for piece in _CELL.split(row[-1]) if 3 <= len(piece.strip()) <= 20}
    return sorted(cell for cell in cells if cell in tail)


def _bare(name: str) -> str:
    return re.sub(r"（[^）]*）$|[“”《》\s]", "", name)


def _same(name: str, cell: str) -> bool:
    cell = re.sub(r"\s", "", cell)
    return bool(cell) and (
        name == cell or (len(cell) >= 3 and name.endswith(cell)) or (len(name) >= 3 and name in cell)
    )


def _near(name: str, cell: str) -> bool:
    """Names that differ in one place only: one character more, less or other, or a 和 or 管理 between."""
    cell = re.sub(r"\s", "", cell)
    if min(len(name), len(cell)) < 4 or abs(len(name) - len(cell)) > 3 or name[-1] != cell[-1]:
        return False
    head = next((n for n, (a, b) in enumerate(zip(name, cell, strict=False)) if a != b), min(len(name), len(cell)))
    tail = next((n for n, (a, b) in enumerate(zip(name[::-1], cell[::-1], strict=False)) if a != b), 0)
    rest = max(len(name), len(cell)) - head - tail
    return head >= 2 and rest <= 3


def _alike(one: str, other: str) -> bool:
    shared = sum(1 for c in set(one) if c in other)
    return shared >= 0.6 * len(set(one))
