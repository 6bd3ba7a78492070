"""Names against the number beside them: 甲、乙、丙等3个网站; 3家单位：甲、乙、丙; 不合格6个（甲、乙…）."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from duwang.bulletin.audit.counts import NUMBER, number
from duwang.bulletin.audit.mismatch import Agreement, Mismatch, Said
from duwang.bulletin.audit.notice import Notice, Span

_UNITS = "个|家|件|条|名|项|份|所|篇|位|户"
_HAN_NUMBER = "[两二三四五六七八九十]+"
_NOUN = "(?:不合格)?(?:政府|政务)?(?:门户)?网站|(?:不合格)?(?:政务)?新媒体(?:账号)?|(?:微信|政务)?公众号|账号|(?:责任)?(?:单位|部门)|乡镇|街道|镇街|县区|县|区|栏目|领域|平台"
_AND_SO = re.compile(rf"等\s*(?:共)?\s*(?P<n>{NUMBER}|{_HAN_NUMBER})\s*(?P<unit>{_UNITS})(?!月)(?P<noun>(?:{_NOUN})?)")
_BARE_SO = re.compile(rf"(?<=[\u4e00-\u9fff”》）])(?P<n>{NUMBER})\s*(?P<unit>[个家])(?P<noun>(?:{_NOUN}))")
_THEN = re.compile(
    rf"(?<![\d.])(?P<n>{NUMBER})\s*(?P<unit>{_UNITS})(?!月|工作日|小时|交易日)(?P<noun>(?:[\u4e00-\u9fff]|\d+(?=个?[周月年天日])){{0,18}}?)"
    r"(?P<open>（|：|[，]?(?:分别(?:是|为)|即|包括)[：]?|，(?:为|是)[：]?)"
)
_ABOVE = re.compile(rf"(?:上述|以上|前述)(?P<n>{NUMBER}|{_HAN_NUMBER})\s*(?:{_UNITS})(?:{_NOUN})?")
_STOP = "。；！？\n"
_SHORT = 2
_LONG = 40
_NAME_END = re.compile(
    r"(局|委|办|厅|院|室|部|会|处|科|所|站|中心|镇|乡|街道|街道办事处|办事处|县|区|市|州|旗|盟|省|园区|开发区|新区|高新区|公司|集团|学校|中学|小学|大学|医院|银行|"
    r"网|网站|平台|门户|公众号|订阅号|服务号|视频号|微博|抖音|头条号?|客户端|小程序|账号|新媒体|队|馆|台|社|联|支队|大队|管委会|政府|领域|栏目|”|》)$"
)
_PLAIN = re.compile(r"[\u4e00-\u9fffA-Za-z“”《》·]{2,16}(?:（[^）]{1,10}）)?")
_LEAD = re.compile(
    r"^.*(?:其中|发现|包括|涉及|分别是|分别为|现有|例如|比如|如|对|由|将|向|给|和)[，：]?(?=[\u4e00-\u9fff“《])|^.*[：]"
)
_NUMBERED = re.compile(rf"\d+\s*(?:{_UNITS}|次|封|处|人|%|年|月|日)|\d+$")
_HAN = {c: n for n, c in enumerate("零一二三四五六七八九", 0)} | {"两": 2}


@dataclass(frozen=True, slots=True)
class Named:
    """A list of names with the number said of it; `exact`: the number stands before the list (no 等); `word` is 等 where it is
    written; `told_each`: the list is announced as the whole one (分别是)."""

    names: tuple[str, ...]
    most: int
    said: int
    unit: str
    noun: str
    start: int
    end: int
    exact: bool
    word: str = ""
    told_each: bool = False

    @property
    def holds(self) -> bool:
        return len(self.names) <= self.said <= self.most


def lists_in(notice: Notice, lines: tuple[Span, ...]) -> Iterator[Said]:
    """Every list of names that a number speaks of, in its sentence or as 上述N家 afterwards."""
    last: tuple[str, ...] = ()
    for line in lines:
        for sentence in notice.sentences(line):
            for named in named_lists(sentence):
                yield from _judged(named)
            yield from _above(sentence, last)
            last = _told_whole(sentence) or last


def _told_whole(sentence: Span) -> tuple[str, ...]:
    """The names of a sentence that ends in a plain list: 具体名单：甲、乙、丙。"""
    text = sentence.text.rstrip("。 ").rpartition("：")
    names = _names(text[2]) if text[1] else []
    whole = len(names) >= 3 and not re.search(r"等$|[，；]", text[2]) and not re.search(r"例如|比如|如$", text[0])
    return tuple(names) if whole and _all_names(names) else ()


def _above(sentence: Span, last: tuple[str, ...]) -> Iterator[Said]:
    for found in _ABOVE.finditer(sentence.text):
        if not last:
            return
        said = _value(found["n"])
        place = sentence.start + found.start(), sentence.start + found.end()
        if said == len(last):
            yield Agreement(f"“{found[0]}”：前面列出{len(last)}个，相符")
        elif abs(said - len(last)) <= max(2, len(last) // 4):
            yield Mismatch("bulletin/list-count", *place, f"写“{found[0]}”，前面列出的是{len(last)}个", certainty=0.75)


def named_lists(sentence: Span) -> Iterator[Named]:
    """The lists of one sentence."""
    for found in _AND_SO.finditer(sentence.text):
        if named := _before(sentence, found):
            yield named
    for found in _BARE_SO.finditer(sentence.text):
        named = None if sentence.text[: found.start()].rstrip("共").endswith("等") else _before(sentence, found)
        if named and all(_NAME_END.search(name) for name in named.names) and _of_one_kind(named):
            yield named
    for found in _THEN.finditer(sentence.text):
        if named := _behind(sentence, found):
            yield named


def _of_one_kind(named: Named) -> bool:
    """县教育局、县民政局5个账号 counts what they have, not them: sites and accounts are named as such."""
    if not re.search(r"网站|新媒体|公众号|账号|栏目|领域|平台", named.noun):
        return True
    return len(named.names) == named.said or all(
        re.search(r"[”》]|网|号|博|音|端|序|平台|栏目|领域", name[-3:]) for name in named.names
    )


def _judged(named: Named) -> Iterator[Said]:
    listed = len(named.names)
    what = f"{named.said}{named.unit}{named.noun[:8]}"
    if named.holds:
        if listed >= 2:
            yield Agreement(f"“{named.word}{what}”：列出{listed}个，相符")
        return
    if not _plainly_wrong(named):
        return
    told = (
        f"写“{named.word}{what}”，列出的只有{listed}个"
        if listed < named.said
        else (f"写“{named.word}{what}”，列出了{listed}个")
    )
    yield Mismatch("bulletin/list-count", named.start, named.end, told, certainty=_certainty(named))


def _plainly_wrong(named: Named) -> bool:
    """等N个 may follow a few examples: fewer names are called wrong only when nearly all are there. Without 等 the names are all."""
    missing = named.said - named.most
    if not named.exact and not _all_names(list(named.names)):
        return False
    if missing < 0:
        return len(named.names) > named.said
    if named.told_each:
        return missing <= max(2, named.said // 4)
    if named.exact:
        return len(named.names) >= 3 and missing <= max(2, named.said // 4)
    if not named.word:
        return missing == 1 or (len(named.names) >= 3 and missing == 2)
    return (len(named.names) >= 2 and missing == 1) or (len(named.names) >= 8 and missing == 2)


def _certainty(named: Named) -> float:
    if len(named.names) > named.said:
        return 0.95
    return 0.9 if named.said - named.most == 1 and len(named.names) >= 5 else 0.75


def _before(sentence: Span, found: re.Match[str]) -> Named | None:
    """Names that end in 等N个. A list may go on over a comma (镇…，局…): what fits the number is taken."""
    left = max((sentence.text.rfind(stop, 0, found.start()) for stop in _STOP), default=-1) + 1
    text = sentence.text[left : found.start()]
    clauses = _split(text, "，：")
    best: Named | None = None
    taken: list[str] = []
    start = found.start()
    for clause, at in reversed(clauses):
        names = _names(clause)
        if not names or (best is not None and (len(names) < 2 or not _all_names(names[1:]))):
            break
        cleaned = [*([_without_lead(names[0])] if names else []), *names[1:]]
        taken = [*cleaned, *taken]
        start = left + at
        named = _named(sentence, taken, found, start=start, exact=False)
        if best is None or (not best.holds and _off(named) < _off(best)):
            best = named
        if best.holds or len(taken) >= named.said:
            break
    return best if best is not None and len(best.names) >= _SHORT else None


def _off(named: Named) -> int:
    return max(len(named.names) - named.said, named.said - named.most, 0)


def _behind(sentence: Span, found: re.Match[str]) -> Named | None:
    """Names after the number, to the end of the bracket or sentence; a list that ends in 等 gives examples only."""
    bracket = found["open"] == "（"
    begin = found.end()
    end = _close(sentence.text, begin) if bracket else _end(sentence.text, begin)
    text = sentence.text[begin:end].strip()
    text = re.sub(r"^(?:分别(?:是|为)|即|为|是)[：]?", "", text)
    if re.match(r"(?:不)?含|其中|包括|占|详见|见附|附件|指|截至|以下|如", text) or re.search(
        r"等$|等[，]|等\s*\d|…|[。；]", text
    ):
        return None
    whole, text = len(text), text.replace("”“", "”、“")
    names = [name for clause, _ in _split(text, "，") for name in _names(clause)]
    of_units = re.search(_NOUN, found["noun"]) or "不合格" in sentence.text[: found.start()][-12:]
    fits = _all_names(names) or (of_units and all(_PLAIN.fullmatch(name) for name in names))
    each = "分别" in found["open"]
    alone = each and len(names) == 1 and bool(fits)
    if not alone and (len(names) < _SHORT or not fits or any("、" not in clause for clause, _ in _split(text, "，"))):
        return None
    named = _named(sentence, names, found, start=found.start(), exact=True, end=begin + whole)
    return replace(named, told_each=each)


def _named(
    sentence: Span, names: list[str], found: re.Match[str], *, start: int, exact: bool, end: int | None = None
) -> Named:
    more = sum(_joined(name) for name in names)
    return Named(
        tuple(names), len(names) + more, _value(found["n"]), found["unit"], found["noun"], sentence.start + start,
        sentence.start + (found.end() if end is None else end), exact,
        "等" if found[0].startswith("等") else "",
    )  # fmt: skip


def _names(clause: str) -> list[str]:
    """Names joined by 、; empty when one of them is not a name."""
    clause = clause.replace("”“", "”、“").replace("》《", "》、《")
    names = [name.strip() for name, _ in _split(clause, "、")]
    names = [name for name in names if name]
    if any(len(name) < _SHORT or len(name) > _LONG or _NUMBERED.search(name) for name in names[1:]):
        return []
    return names


def _all_names(names: list[str]) -> bool:
    """Most of them end as units, sites or accounts do."""
    good = sum(1 for name in names if _NAME_END.search(re.sub(r"（[^）]*）$", "", name)))
    return good * 3 >= len(names) * 2 or (len(names) >= 4 and all(3 <= len(name) <= 12 for name in names))


def _without_lead(name: str) -> str:
    return _LEAD.sub("", name) or name


def _joined(name: str) -> int:
    """How many more names 和, 及, 以及 may hide in one piece."""
    return sum(1 for found in re.finditer(r"以及|和|及|与", name) if _NAME_END.search(name[: found.start()]))


def _split(text: str, stops: str) -> list[tuple[str, int]]:
    """Pieces between stops outside brackets and quotes."""
    found, depth, start = [], 0, 0
    for n, c in enumerate(text):
        if c in "（“《":
            depth += 1
        elif c in "）”》":
            depth = max(0, depth - 1)
        elif depth == 0 and c in stops:
            found.append((text[start:n], start))
            start = n + 1
    found.append((text[start:], start))
    return [(piece, at) for piece, at in found if piece.strip()]


def _close(text: str, begin: int) -> int:
    depth = 0
    for n in range(begin, len(text)):
        if text[n] == "（":
            depth += 1
        elif text[n] == "）":
            if not depth:
                return n
            depth -= 1
    return len(text)


def _end(text: str, begin: int) -> int:
    return min((n for stop in _STOP if (n := text.find(stop, begin)) >= 0), default=len(text))


def _value(written: str) -> int:
    if written[0].isdigit():
        return number(written)
    tens, ten, ones = written.partition("十")
    if not ten:
        return _HAN.get(written, 0)
    return (_HAN.get(tens, 1) if tens else 1) * 10 + (_HAN.get(ones, 0) if ones else 0)
