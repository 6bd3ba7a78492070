"""The 办事指南 of a site, each read again from the evidence."""

from __future__ import annotations

from collections.abc import Iterator

from duwang.model.findings import CannotTell, NotApplicable
from duwang.model.material import Document, PageDigest, SiteView
from duwang.reading.guide import Guide, guide_of

_KINDS = ("guide", "article", "other")


def guides_of(site: SiteView) -> tuple[tuple[PageDigest, Document, Guide], ...]:
    """Every guide that was read. NotApplicable without public services or guides; CannotTell when none can be seen again."""
    if not site.site.serves_public:
        raise NotApplicable("没有对外服务职能")
    pages = tuple(guide_pages(site))
    if not pages:
        raise NotApplicable("没有读到办事指南")
    found = tuple((page, document, guide_of(document)) for page in pages if (document := site.reopen(page)) is not None)
    if not found:
        raise CannotTell("办事指南没有留存，不能重读")
    return found


def guide_pages(site: SiteView) -> Iterator[PageDigest]:
    """Pages that are a guide by their kind or by their column."""
    within = {page.url for page in site.pages_in("办事指南")}
    for page in site.pages:
        if page.kind == "guide" or (page.url in within and page.kind in _KINDS):
            yield page


def name_of(page: PageDigest, guide: Guide) -> str:
    return f"办事指南“{guide.name or page.title}”"
