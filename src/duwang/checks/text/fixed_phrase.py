"""固定表述."""

from __future__ import annotations

from datetime import date

from duwang.checks.check import check
from duwang.checks.text.formulas import changes
from duwang.checks.text.lexicon import Lexicon
from duwang.checks.text.similar import similar
from duwang.checks.text.wording import listed, meet, proposed
from duwang.model.findings import Findings
from duwang.model.material import Document
from duwang.reading.normal import normal


@check("text/fixed-phrase", on=Document, title="固定表述错误", places=("site", "account", "text"))
def fixed_phrase(document: Document, *, as_of: date, lexicon: Lexicon | None = None) -> Findings:
    """
    查什么：政治性、政策性固定表述有没有漏字、错字、颠倒、改写，常用公文用语搭配是否得当。

    依据：词库每一行自己的来源；《政府网站与政务新媒体检查指标》单项否决“严重表述错误”由人工认定。

    会报：词库所列的错误写法；列有适用日期的，按稿件发布日期判断当时是否已经有误；与固定表述只差一个字的近似写法；
    固定表述里换了、漏了、多了一个词的，并列的几项颠倒或者缺项的（只作提示）；“四个自信”一类数目不对的；届次、会议名称写法不对的。

    不报：正确写法中包含的相同字串；词库注明须有上下文而没有上下文的；书名号、引号内按词库注明可以保留的。

    怎么改：按建议写法逐处改正；来源为“编者”的只是编写者的经验，改前请对照权威文件。
    """
    found = [
        *listed(document, "text/fixed-phrase", as_of=as_of, lexicon=lexicon),
        *similar(document, kinds=("curated", "phrase"), lexicon=lexicon),
    ]
    yield from found
    changed = proposed(document, changes(normal(document.body).text), source="编者")
    yield from (draft for draft in changed if not any(meet(draft, other) for other in found))
