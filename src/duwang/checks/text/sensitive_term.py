"""用语不当."""

from __future__ import annotations

from datetime import date

from duwang.checks.check import check
from duwang.checks.text.lexicon import Lexicon
from duwang.checks.text.wording import listed
from duwang.model.findings import Findings
from duwang.model.material import Document


@check("text/sensitive-term", on=Document, title="歧视性或不当用语", places=("site", "account", "text"))
def sensitive_term(document: Document, *, as_of: date, lexicon: Lexicon | None = None) -> Findings:
    """
    查什么：对民族、宗教、残疾人、疾病、职业等的歧视性称呼和不当用语。

    依据：词库每一行自己的来源；《中华人民共和国残疾人保障法》关于禁止歧视、侮辱残疾人的规定。

    会报：词库所列用语。

    不报：词库注明须有上下文而没有的；作为成语、地名、书名一部分的。

    怎么改：按建议写法改正。
    """
    yield from listed(document, "text/sensitive-term", as_of=as_of, lexicon=lexicon)
