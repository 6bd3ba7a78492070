"""涉港澳台和领土主权表述."""

from __future__ import annotations

from datetime import date

from duwang.checks.check import check
from duwang.checks.text.lexicon import Lexicon
from duwang.checks.text.wording import listed
from duwang.model.findings import Findings
from duwang.model.material import Document


@check("text/territory-wording", on=Document, title="涉港澳台和领土表述不规范", places=("site", "account", "text"))
def territory_wording(document: Document, *, as_of: date, lexicon: Lexicon | None = None) -> Findings:
    """
    查什么：涉及香港、澳门、台湾和国家领土主权的表述。

    依据：词库每一行自己的来源；多数来自编者，尚未经权威文件核对，级别不高于一般。

    会报：把港澳台与国家并列、沿用外方地名、自称“中央”“总统府”而不加引号等词库所列写法。

    不报：词库注明须有涉台涉港语境而没有的；引号、书名号内按词库注明可以保留的。

    怎么改：按建议写法改正，拿不准的请示同级台办、港澳办。
    """
    yield from listed(document, "text/territory-wording", as_of=as_of, lexicon=lexicon)
