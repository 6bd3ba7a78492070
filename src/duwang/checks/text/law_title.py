"""法律法规名称."""

from __future__ import annotations

from datetime import date

from duwang.checks.check import check
from duwang.checks.text.lexicon import Lexicon
from duwang.checks.text.similar import similar
from duwang.checks.text.titles import misnamed
from duwang.checks.text.wording import listed
from duwang.model.findings import Findings
from duwang.model.material import Document


@check("text/law-title", on=Document, title="法律法规名称错误", places=("site", "account", "text"))
def law_title(document: Document, *, as_of: date, lexicon: Lexicon | None = None) -> Findings:
    """
    查什么：法律、行政法规、党内法规的名称有没有错字、漏字、多字、颠倒，是否仍引用已经废止的法律。

    依据：官方文件语料中引用的九百余个法律法规名称；《党政机关公文处理工作条例》第十九条要求引用公文准确；词库每一行自己的来源。

    会报：书名号内的名称与正式名称只差一个字的；多了少了一个词、法律写成条例的（只作提示）；书名号外与正式全称只差一个字的；词库列明自某日起废止而稿件在其后引用的。

    不报：写对的全称、简称；只是与某个法律名称相近的地方性法规、方案、办法；写明“废止”“修订”的。

    怎么改：按正式名称改正；引用已废止法律的，改引现行法律。
    """
    taken: list[tuple[int, int]] = []
    for draft in (
        *listed(document, "text/law-title", as_of=as_of, lexicon=lexicon),
        *misnamed(document),
        *similar(document, kinds=("law",), lexicon=lexicon),
    ):
        span = (draft.start or 0, draft.end or 0)
        if not any(a < span[1] and span[0] < b for a, b in taken):
            taken.append(span)
            yield draft
