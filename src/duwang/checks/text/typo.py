"""错别字."""

from __future__ import annotations

from datetime import date

from duwang.checks.check import check
from duwang.checks.text.lexicon import Lexicon
from duwang.checks.text.localities import misnamed
from duwang.checks.text.places import misplaced
from duwang.checks.text.similar import similar
from duwang.checks.text.usage import misused
from duwang.checks.text.wording import listed, meet, proposed
from duwang.model.findings import Draft, Findings, Severity
from duwang.model.material import Document
from duwang.reading.normal import normal

_DIVISIONS = "国家统计局区划代码 2023-06-30"


@check("text/typo", on=Document, title="错别字", places=("site", "account", "text"))
def typo(document: Document, *, as_of: date, lexicon: Lexicon | None = None) -> Findings:
    """
    查什么：常见错别字、同音字、形近字、成语误写。

    依据：词库每一行自己的来源；《中华人民共和国国家通用语言文字法》第十条、第十一条。

    会报：词库所列的误写；与成语、地名只差一个字的写法；省、市、县连写时隶属不对的，自治地方的民族先后不对的，县改区后仍称县的（只作提示）；“已”与“己”、“的”与“得”、“截止”与“截至”一类用错的，简体文稿里夹用的繁体字；语言模型和排序模型认定的错字、漏字、多字、颠倒（把握不大的只作提示）。

    不报：误写恰好跨在两个正确的词之间的（如“公布署名”中的“布署”）；词库注明须有上下文而没有上下文的。

    怎么改：按建议改正，并核对同一稿件的其他位置。
    """
    text = normal(document.body).text
    told = list(listed(document, "text/typo", as_of=as_of, lexicon=lexicon))
    ruled: list[Draft] = []
    for draft in (
        *proposed(document, [*misplaced(text), *misnamed(text)], source=_DIVISIONS),
        *proposed(document, misused(text), source="编者"),
    ):
        if not any(meet(draft, other) for other in (*told, *ruled)):
            ruled.append(draft)
    sure = [draft for draft in ruled if draft.severity is Severity.ORDINARY]
    near = similar(document, kinds=("idiom", "place", ""), lexicon=lexicon)
    told += [draft for draft in near if not any(meet(draft, other) for other in sure)]
    yield from told
    yield from (draft for draft in ruled if draft in sure or not any(meet(draft, other) for other in told))
