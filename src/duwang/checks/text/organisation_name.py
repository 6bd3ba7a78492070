"""机构名称."""

from __future__ import annotations

from datetime import date

from duwang.checks.check import check
from duwang.checks.text.lexicon import Lexicon
from duwang.checks.text.similar import similar
from duwang.checks.text.wording import listed
from duwang.model.findings import Findings
from duwang.model.material import Document


@check("text/organisation-name", on=Document, title="机构名称错误", places=("site", "account", "text"))
def organisation_name(document: Document, *, as_of: date, lexicon: Lexicon | None = None) -> Findings:
    """
    查什么：国家机关、部门、会议、职务名称有没有错字、漏字，是否仍用已经更名的旧称。

    依据：词库每一行自己的来源；机构名称表由官方文件语料统计并经编者核对。

    会报：词库所列的不规范名称；列有更名日期的，稿件发布日期在更名之后仍用旧称的；与机构全称只差一个字的写法。

    不报：更名之前发布的稿件里的旧称；“原”“时任”“改革前”等字样后面的旧称；不同机构的相似名称。

    怎么改：按现行全称或规范化简称改正。
    """
    yield from listed(document, "text/organisation-name", as_of=as_of, lexicon=lexicon)
    yield from similar(document, kinds=("organisation",), lexicon=lexicon)
