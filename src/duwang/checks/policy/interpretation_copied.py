"""policy/interpretation-copied: 解读照抄文件."""

from __future__ import annotations

import re
from datetime import date

from duwang.checks.check import check, finding
from duwang.checks.policy.matching import pairs_of
from duwang.model.findings import CannotTell, Findings
from duwang.model.material import SiteView
from duwang.model.naming import in_book_marks

_PLAIN = re.compile(r"[\s\W_]+")
_GRAM = 8


@check("policy/interpretation-copied", on=SiteView, title="解读照抄文件")
def interpretation_copied(
    site: SiteView, *, as_of: date, window: str = "1年", share: float = 0.8, least_chars: int = 200
) -> Findings:
    """
    查什么：解读材料的文字有多少是照抄文件原文的。

    依据：云政办发〔2023〕13号、沧源县2025年等地通报：解读不得是文件的删减照搬；解读应侧重背景依据、目标任务、主要内容、涉及范围等。

    会报：解读正文八成以上的字句在文件里原样出现的，写明占多少。

    不报：引用文件条文、另有说明的；图片、视频解读，正文不到200字的。没有解读的，另报；页面没有留存的，记为不能判断。

    怎么改：用自己的话说明背景、要点、怎么办、有什么变化，多用图表、问答。

    设置：share 占多少才报；least_chars 解读正文不到多少字的不看；window 看多长时间内的文件。
    """
    lost = found = 0
    for pair in pairs_of(site, at=as_of, window=window):
        if not pair.interpretations:
            continue
        document = site.reopen(pair.document)
        grams = _grams(document.body) if document else set()
        for one in pair.interpretations:
            reading = site.reopen(one)
            if document is None or reading is None:
                lost += 1
                continue
            own = _grams(reading.body)
            if len(own) + _GRAM - 1 < least_chars or not grams:
                continue
            copied = len(own & grams) / len(own)
            if copied >= share:
                found += 1
                yield finding(
                    site, quote=one.title, context="", page=one, certainty=0.8,
                    message=f"{in_book_marks(one.title)}的正文有{copied:.0%}照抄文件原文",
                    facts={"share": round(copied, 3), "document_url": pair.document.url},
                )  # fmt: skip
    if lost and not found:
        raise CannotTell(f"有{lost}个解读或文件的页面没有留存，不能重读")


def _grams(text: str) -> set[str]:
    plain = _PLAIN.sub("", text)
    return {plain[n : n + _GRAM] for n in range(len(plain) - _GRAM + 1)}
