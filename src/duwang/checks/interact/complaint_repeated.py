"""interact/complaint-repeated: 同一问题反复投诉."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from itertools import pairwise

from duwang.checks.check import check, finding
from duwang.checks.interact.letters import MESSAGES, in_words, letters_of
from duwang.model.findings import Findings
from duwang.model.material import SiteView
from duwang.model.period import Period
from duwang.model.registry import Letter

_NOISE = re.compile(
    r"[\s\W_\d]+|关于|反映|咨询|投诉|举报|求助|建议|再次|第[一二三四五]次|二次|多次|问题|的|请问|情况|一直|仍然|还是|没有"
)
_AGAIN = re.compile(
    r"再次|第[二三四五六]次|二次(?:反映|投诉)|多次(?:反映|投诉|来信)|仍(?:然|未|没)|一直(?:未|没)|上次(?:答复|回复|来信)|之前(?:反映|答复)"
)
_ALIKE = 0.6


@check("interact/complaint-repeated", on=SiteView, title="同一问题反复投诉")
def complaint_repeated(site: SiteView, *, as_of: date, window: str = "6个月", least: int = 2) -> Findings:
    """
    查什么：半年内的来信，有没有同一个问题答复以后又来信的，有没有同一类问题多次来信的。

    依据：宝鸡市凤翔区2023年第三季度通报：食品安全、农村宅基地、公租房申请、物业管理、征地补偿款等问题二次投诉较为普遍，群众意见较多。

    会报：内容相近的来信达到2封、并且后一封在前一封答复之后（或者自己写明再次、仍未解决）的，合并为一条，写明几封、最近一封的时间。

    不报：只来过一次信的；内容不同的；前一封还没有答复就又催问、而没有写明再次的。名录没有登记来信的，记为未检查。

    怎么改：由承办单位负责同志重新办理，回访来信人，从源头解决同类问题。

    设置：window 看多长时间内的来信；least 至少几封。
    """
    first = Period.parse(window).start(as_of)
    letters = [one for one in letters_of(site, *MESSAGES) if one.received and first <= one.received <= as_of]
    for group in _alike(sorted(letters, key=lambda one: (one.received or as_of, one.number))):
        if len(group) < least or not _again(group):
            continue
        subject = group[0].title or group[0].category or group[0].number
        last = max(one.received for one in group if one.received)
        yield finding(
            site, quote=subject, context="、".join(one.number for one in group[:6]), count=len(group), certainty=0.7,
            message=f"“{subject}”一类问题半年内来信{len(group)}封，最近一封在{in_words(last)}，属于反复投诉",
            facts={"letters": [one.ref for one in group[:20]], "category": group[0].category},
        )  # fmt: skip


def _alike(letters: Iterable[Letter]) -> list[list[Letter]]:
    """Letters on the same subject together, in the order of their dates."""
    groups: list[tuple[set[str], list[Letter]]] = []
    by_words: dict[str, list[int]] = defaultdict(list)
    for letter in letters:
        grams = _grams(letter.title or letter.text[:60])
        if not grams:
            continue
        near = {n for gram in grams for n in by_words[gram]}
        best = max(near, key=lambda n: (_overlap(grams, groups[n][0]), -n), default=None)
        if best is not None and _overlap(grams, groups[best][0]) >= _ALIKE:
            groups[best][1].append(letter)
        else:
            for gram in grams:
                by_words[gram].append(len(groups))
            groups.append((grams, [letter]))
    return [members for _, members in groups]


def _again(group: list[Letter]) -> bool:
    """A later letter came after an earlier one was answered, or says itself that it is not the first."""
    for before, after in pairwise(group):
        if before.replied and after.received and after.received > before.replied:
            return True
        if _AGAIN.search(after.title + after.text):
            return True
    return False


def _grams(text: str) -> set[str]:
    plain = _NOISE.sub("", text)
    return {plain[n : n + 2] for n in range(len(plain) - 1)}


def _overlap(one: set[str], other: set[str]) -> float:
    return (
        len(one & other) / max(1, min(len(one), len(other))) if min(len(one), len(other)) >= 3 else float(one == other)
    )
