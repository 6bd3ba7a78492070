"""Parts against totals: 106件（其中：…26件，…16件…）, 27条，分别是…3条、…1条, A 38个、B 2个，共43个."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from duwang.bulletin.audit.counts import NUMBER, UNITS, Count, counts_in, number
from duwang.bulletin.audit.mismatch import Agreement, Mismatch, Said
from duwang.bulletin.audit.notice import Notice, Span

_PART = re.compile(
    rf"^(?P<label>[^\d%]{{0,30}}?(?:12345[^\d%]{{0,12}})?)(?:为|是|有|共|计)?\s*(?P<n>{NUMBER})\s*(?P<unit>{UNITS})?$"
)
_AFTER = re.compile(rf"^({NUMBER})\s*({UNITS})(?P<label>[\u4e00-\u9fff]{{2,12}})$")
_OPENER = re.compile(
    r"（|其中[：，]?|分别(?:是|为)[：]?|(?:主要)?(?:包括|包含|具体(?:是|为)|即)[：]?|按[\u4e00-\u9fff]{1,8}?(?:划?分|统计)[：，]|："
)
_ADJACENT = re.compile(r"[\u4e00-\u9fff]{0,14}[，：]?$")
_SUM = re.compile(rf"[，、；]\s*(?:共计|合计|总计|共)\s*({NUMBER})\s*({UNITS})(?!次)")
_OVERLAPPING = re.compile(r"(?:问题|错误|情况|情形)$|未更新|不合格|存在|不及时|涉及")
_GRAVE, _SLIGHT = re.compile(r"严重|重大|突出"), re.compile(r"一般|轻微|普通|其他|其余")
_ASIDE = re.compile(r"其中|分别|^(?:比|较|同比|环比|增加|减少|增长|下降|提高|正在|尚未|未办)")
_LIMIT = re.compile(r"不(?:少|低|超|得|多|高)[于过]?|至少|至多|最多|以上|以下|以内|超过|力争|达到")
_SUBSET = re.compile(r"^(?:含|不含|包括|其中|占|较|同比|环比|比|约)")


@dataclass(frozen=True, slots=True)
class Parts:
    """A list of numbered parts. `open`: the list stops before its end could be read, or ends in 等. `stops[n]`: the stop after
    part n."""

    values: tuple[int, ...]
    labels: tuple[str, ...]
    unit: str
    start: int
    end: int
    open: bool
    stops: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        return sum(self.values)

    def sums(self) -> Iterator[tuple[int, ...]]:
        """All parts; and those before a comma in a list joined by 、, after which the sentence may go on with something else."""
        yield self.values
        if self.stops[:1] == ("、",):
            for n, stop in enumerate(self.stops[:-1], 1):
                if stop in "，；" and n >= 2:
                    yield self.values[:n]


def parts_in(notice: Notice, lines: tuple[Span, ...]) -> Iterator[Said]:
    """Every list of parts with a total in the same sentence; where a sentence begins with 其中, in the one before."""
    earlier: tuple[Count, ...] = ()
    for line in lines:
        for sentence in notice.sentences(line):
            counts = counts_in(sentence)
            yield from _listed(sentence, counts)
            yield from _going_on(sentence, earlier)
            yield from _summed(sentence)
            earlier = counts


def _going_on(sentence: Span, earlier: tuple[Count, ...]) -> Iterator[Said]:
    """其中，… of the sentence before: its first count of that unit is the whole."""
    opener = re.match(r"\s*其中[：，]?", sentence.text)
    parts = parts_at(sentence, opener.end(), closing="；") if opener else None
    if opener is None or parts is None or len(parts.values) < 2:
        return
    wholes = tuple(count for count in earlier if count.unit == parts.unit)
    if agreed := _agreed(wholes, parts):
        yield agreed
    elif wholes and _is_fault(wholes[0].value, parts, word=opener[0], bracket=False):
        yield _mismatched(wholes[0], parts)


def _listed(sentence: Span, counts: tuple[Count, ...]) -> Iterator[Said]:
    taken = 0
    for opener in _OPENER.finditer(sentence.text):
        if opener.start() < taken:
            continue
        bracket = opener[0] == "（"
        begin = opener.end()
        inner = re.match(r"其中[：，]?|分别(?:是|为)[：]?", sentence.text[begin:])
        if bracket and inner:
            begin += inner.end()
        parts = parts_at(sentence, begin, closing="）" if bracket else "；")
        if parts is None:
            continue
        word = inner[0] if bracket and inner else opener[0]
        said = _compared(sentence, counts, parts, opener.start(), word=word, bracket=bracket)
        if said is not None:
            taken = parts.end - sentence.start
            yield said


def parts_at(sentence: Span, begin: int, *, closing: str, until: int | None = None) -> Parts | None:
    """The parts that start at this offset of the sentence; None when there are none."""
    end = _end_of(sentence.text, begin, closing) if until is None else until
    values: list[int] = []
    labels: list[str] = []
    units: set[str] = set()
    stops: list[str] = []
    label, open_, last = "", False, begin
    for piece, at in _pieces(sentence.text, begin, end):
        text = piece.strip()
        if _LIMIT.search(text) or (values and _ASIDE.search(text)):
            open_ = True
            break
        whole = _PART.match(label + text)
        other = None if whole else _AFTER.match(text)
        if whole:
            values.append(number(whole["n"]))
            labels.append(whole["label"])
            units.add(whole["unit"] or "")
        elif other and (not values or labels[-1] != ""):
            values.append(number(other[1]))
            labels.append(other["label"])
            units.add(other[2])
        elif re.search(r"\d|等$|…", text):
            open_ = True
            break
        else:
            label += text + "、"
            continue
        label, last = "", at + len(piece)
        stops.append(sentence.text[last : last + 1])
    open_ = open_ or (bool(label) and last == begin) or "等" in label[:2]
    if not values or len(units - {""}) > 1:
        return None
    return Parts(
        tuple(values), tuple(labels), next(iter(units - {""}), ""), sentence.start + begin, sentence.start + last, open_, tuple(stops)
    )  # fmt: skip


def _compared(
    sentence: Span, counts: tuple[Count, ...], parts: Parts, opened: int, *, word: str, bracket: bool
) -> Said | None:
    since = -1 if word.startswith("按") else sentence.text.rfind("；", 0, opened)
    before = [
        c for c in counts if since < c.start - sentence.start < opened and (not parts.unit or c.unit == parts.unit)
    ]
    if word.startswith("按"):
        before = before[:1]
    elif bracket or word.startswith(("分别", "包", "主要", "具体", "即", "：")):
        before = [c for c in before[-1:] if _ADJACENT.fullmatch(sentence.text[c.end - sentence.start : opened])]
    if not before or (word == "：" and len(parts.values) < 3):
        return None
    if len(parts.values) < 2:
        return _more_than_all(sentence, before[-1], parts, word)
    if agreed := _agreed(before[::-1], parts):
        return agreed
    whole = before[-1] if bracket else min(before, key=lambda c: abs(c.value - parts.total))
    return _mismatched(whole, parts) if _is_fault(whole.value, parts, word=word, bracket=bracket) else None


def _agreed(wholes: Sequence[Count], parts: Parts) -> Agreement | None:
    for whole in wholes:
        for values in parts.sums():
            if whole.value == sum(values):
                added = "＋".join(str(value) for value in values)
                return Agreement(f"{_named(whole)}＝{added}，合计相符")
    return None


def _mismatched(whole: Count, parts: Parts) -> Mismatch:
    quoted = "＋".join(str(value) for value in parts.values)
    return Mismatch(
        "bulletin/figure-mismatch",
        whole.start,
        parts.end,
        f"总数写{whole.value}{whole.unit}，各分项{quoted}＝{parts.total}，对不上",
        certainty=0.95 if abs(whole.value - parts.total) <= max(2, whole.value // 5) else 0.8,
    )


def _is_fault(whole: int, parts: Parts, *, word: str, bracket: bool) -> bool:
    """Some lists name only a part of the whole: only what was plainly meant to be complete is called wrong."""
    if not all(parts.labels) or _SUBSET.match(parts.labels[0]):
        return False
    missing = whole - parts.total
    if _complements(parts.labels):
        return missing != 0
    if missing < 0:
        return not any(_OVERLAPPING.search(label) for label in parts.labels)
    if parts.open or any(_OVERLAPPING.search(label) for label in parts.labels):
        return False
    if word.startswith("分别"):
        return True
    if len(parts.values) == 2:
        return missing <= whole * 0.1
    complete = bracket or "：" in word
    return missing <= whole * (0.3 if complete else 0.15) or (
        len(parts.values) >= 5 and complete and missing <= whole * 0.5
    )


def _complements(labels: tuple[str, ...]) -> bool:
    """严重的 and 一般的 of the same: together they are all."""
    return len(labels) == 2 and any(
        _GRAVE.search(one) and _SLIGHT.search(other) for one, other in (labels, labels[::-1])
    )


def _more_than_all(sentence: Span, whole: Count, parts: Parts, word: str) -> Said | None:
    """其中 one part, which cannot be more than the whole."""
    if not word.startswith("其中") or parts.values[0] <= whole.value or not parts.unit:
        return None
    return Mismatch(
        "bulletin/figure-mismatch",
        whole.start,
        parts.end,
        f"其中的{parts.values[0]}{parts.unit}多于总数{whole.value}{whole.unit}",
        certainty=0.7,
    )


def _summed(sentence: Span) -> Iterator[Said]:
    """A、B、C，共N: the total after its parts."""
    for found in _SUM.finditer(sentence.text):
        unit = found[2]
        clauses = re.split(r"[；：（]", sentence.text[: found.start()])
        begin = found.start() - len(clauses[-1])
        parts = parts_at(sentence, begin, closing="", until=found.start())
        if parts is None or len(parts.values) < 2 or parts.unit not in (unit, ""):
            continue
        if parts.end - sentence.start < found.start():
            continue
        total = number(found[1])
        quoted = "＋".join(str(value) for value in parts.values)
        if parts.total == total:
            yield Agreement(f"共{total}{unit}＝{quoted}，合计相符")
        elif not parts.open and all(parts.labels):
            told = f"总数写{total}{unit}，各分项{quoted}＝{parts.total}，对不上"
            yield Mismatch("bulletin/figure-mismatch", parts.start, sentence.start + found.end(), told)


def _end_of(text: str, begin: int, closing: str) -> int:
    depth = 0
    for n in range(begin, len(text)):
        c = text[n]
        if c == "（":
            depth += 1
        elif c == "）":
            if depth == 0:
                return n
            depth -= 1
        elif depth == 0 and (c in "。；！？\n" and not (closing == "）" and c == "；")):
            return n
    return len(text)


def _pieces(text: str, begin: int, end: int) -> Iterator[tuple[str, int]]:
    """Pieces between stops outside brackets and quotes, with the offset of each; 和 before a last part is a stop too."""
    depth, start = 0, begin
    for n in range(begin, end):
        c = text[n]
        if c in "（“《「":
            depth += 1
        elif c in "）”》」":
            depth -= 1
        elif depth == 0 and (c in "，、；" or (c in "和及" and text[n - 1 : n] in UNITS)):
            yield text[start:n], start
            start = n + 1
    if start < end:
        yield text[start:end], start


def _named(whole: Count) -> str:
    words = re.sub(r"^(其中|共|有|的|了)+", "", whole.before.strip())[-16:]
    return f"{words}{whole.value}{whole.unit}"
