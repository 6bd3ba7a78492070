"""policy/interpretation-unlinked: 解读与文件没有相互关联."""

from __future__ import annotations

from datetime import date

from duwang.checks.check import check, finding
from duwang.checks.policy.matching import pairs_of
from duwang.model.findings import CannotTell, Findings
from duwang.model.material import Document, PageDigest, SiteView
from duwang.model.naming import in_book_marks
from duwang.model.refs import normalise_address


@check("policy/interpretation-unlinked", on=SiteView, title="解读与文件没有相互关联")
def interpretation_unlinked(site: SiteView, *, as_of: date, window: str = "1年") -> Findings:
    """
    查什么：解读页面有没有链接到被解读的文件，文件页面有没有链接到解读。

    依据：国办秘函〔2019〕19号，发布解读“解读关联”：抽查3个解读，缺一个方向的扣0.5分。

    会报：缺少的方向：解读没有链接到文件的、文件没有链接到解读的。

    不报：两个方向都有链接的；通过“相关文件”“相关解读”链接的也算。没有解读的（另报没有解读）；页面没有留存的，记为不能判断。

    怎么改：在解读页面放文件的链接，在文件页面放解读的链接。

    设置：window 看多长时间内的文件。
    """
    lost = found = 0
    for pair in pairs_of(site, at=as_of, window=window):
        document = site.reopen(pair.document)
        for one in pair.interpretations:
            reading = site.reopen(one)
            if document is None or reading is None:
                lost += 1
                continue
            missing = []
            if not _links_to(reading, pair.document):
                missing.append("解读到文件")
            if not any(_links_to(document, other) for other in pair.interpretations):
                missing.append("文件到解读")
            if missing:
                found += 1
                told = "解读没有链接到文件" if missing[0] == "解读到文件" else "文件没有链接到解读"
                told = "解读与文件相互没有链接" if len(missing) == 2 else told
                yield finding(
                    site, quote=one.title, context="", page=one, message=f"{in_book_marks(one.title)}：{told}",
                    facts={"missing": missing, "document_url": pair.document.url},
                )  # fmt: skip
    if lost and not found:
        raise CannotTell(f"有{lost}个解读或文件的页面没有留存，不能重读")


def _links_to(page: Document, other: PageDigest) -> bool:
    wanted = normalise_address(other.url)
    return any(normalise_address(link.url) == wanted for link in (*page.links, *page.attachments))
