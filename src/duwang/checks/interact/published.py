"""Letters as the site itself publishes them: pages of its interaction columns that show a question and an answer."""

from __future__ import annotations

from collections.abc import Iterator

from duwang.checks.interact.letters import letters_of
from duwang.model.findings import NotApplicable
from duwang.model.material import PageDigest, SiteView
from duwang.model.registry import Letter
from duwang.reading.letter import LetterPage, letter_of

MOST = 200


def published_letters(site: SiteView) -> Iterator[tuple[PageDigest, LetterPage]]:
    """The newest pages first, at most 200: each is read again from the evidence."""
    pages = [page for page in site.pages_in("互动") if page.kind not in ("list", "home")]
    pages += [page for page in site.pages if page.kind == "letter" and page not in pages]
    pages.sort(
        key=lambda page: (page.published is None, -(page.published.toordinal() if page.published else 0), page.url)
    )
    for page in pages[:MOST]:
        document = site.reopen(page)
        letter = letter_of(document) if document else None
        if letter is not None:
            yield page, letter


def letters_and_pages(
    site: SiteView, *sources: str
) -> tuple[tuple[Letter, ...], tuple[tuple[PageDigest, LetterPage], ...]]:
    """The ledger's letters, and the published ones that are not in it; NotApplicable when there are neither."""
    pages = tuple(published_letters(site))
    try:
        letters = letters_of(site, *sources)
    except NotApplicable:
        if not pages:
            raise
        letters = ()
    numbers, titles = {one.number for one in letters}, {one.title for one in letters if one.title}
    return letters, tuple(
        (page, letter)
        for page, letter in pages
        if letter.number not in numbers and (letter.title or page.title) not in titles
    )


def name_of(page: PageDigest, letter: LetterPage) -> str:
    """`公开的留言“标题”`."""
    return f"公开的留言“{letter.title or page.title}”"
