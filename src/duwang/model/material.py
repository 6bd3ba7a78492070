"""What was read: the subjects that checks look at. A check is written `on` one of Document, Listing, SiteView, AccountView."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from duwang.model.capturing import Failure
from duwang.model.registry import Account, Column, Letter, Registry, Site


@dataclass(frozen=True, slots=True)
class Link:
    """`role`: content, nav, footer, pager, attachment, style, script, media. `text` is the visible text. `hidden` says how the page
    keeps a reader from seeing it: display:none, off-screen, zero-size, same-colour, script-hidden; empty = it can be seen."""

    url: str
    text: str = ""
    role: str = "content"
    hidden: str = ""


@dataclass(frozen=True, slots=True)
class Image:
    """`marks`: what its pixels show (red-header, seal); None when they were not looked at. `size`: width and height as the page says."""

    url: str
    alt: str = ""
    role: str = "content"
    marks: tuple[str, ...] | None = None
    size: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph-like piece of the body. `kind`: paragraph, heading, table, list, image. `start` is its offset in `body`, `font` the
    font its own style names (empty when none does)."""

    kind: str
    text: str
    start: int = 0
    level: int = 0
    centred: bool = False
    font: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cell texts; `name` is a sheet name where there is one; `start` offset of the table's text in `body`, rows joined
    by newline and cells by tab."""

    rows: tuple[tuple[str, ...], ...]
    name: str = ""
    start: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """One page, attachment, post or submitted text.

    `owner` is the ref of the site, account or document that answers for it, `ref` its own ref, `column` the column it was
    reached through. `kind`: article, list, home, guide, letter, attachment, post, other. `medium`: page, attachment, post,
    text. `published` is the printed date (None when none is printed), `published_raw` as printed; `meta_date` and `url_date`
    are what the page's meta tags and its address say, kept apart and never taken for printed; `first_seen` is the day of the
    first inspection that saw the page, `absent_on` the day of the last one that read its whole column without it. Offsets in findings count
    code points of `body`. `meta` maps lower-case names to contents. `footer` is the visible text of the page's foot.
    `page_url` is, for an attachment, the page that links it. `embedded`: addresses named in inline scripts (badges, entries). `controls`:
    of a home page, the words of what can be clicked, links that only run a script among them.
    """

    url: str
    body: str = ""
    kind: str = "article"
    title: str = ""
    medium: str = "page"
    owner: str = ""
    ref: str = ""
    column: str = ""
    page_url: str = ""
    published: date | None = None
    published_raw: str = ""
    published_at: datetime | None = None
    source: str = ""
    author: str = ""
    doc_no: str = ""
    index_no: str = ""
    issuer: str = ""
    written: date | None = None
    disclosure: str = ""
    expired_mark: str = ""
    blocks: tuple[Block, ...] = ()
    tables: tuple[Table, ...] = ()
    links: Sequence[Link] = ()
    images: tuple[Image, ...] = ()
    attachments: Sequence[Link] = ()
    meta: Mapping[str, str] = field(default_factory=dict)
    footer: str = ""
    footer_links: tuple[Link, ...] = ()
    footer_images: tuple[Image, ...] = ()
    charset: str = ""
    template_family: str = "generic"
    confidence: float = 1.0
    garbled: bool = False
    sha256: str = ""
    embedded: tuple[str, ...] = ()
    controls: tuple[str, ...] = ()
    meta_date: date | None = None
    url_date: date | None = None
    first_seen: date | None = None
    absent_on: date | None = None

    @property
    def target(self) -> str:
        """Where the outcome of a page check is recorded."""
        return self.owner or self.ref


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a list. `on` is the printed date; `inferred` marks a guessed year."""

    url: str
    title: str
    on: date | None = None
    raw: str = ""
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """A column as read. `failure` says in Chinese why it could not be read (empty = it was). `articles_read`: the items'
    own pages were opened, so that a date missing in the list was looked for there. `complete`: read back to the period's start.
    `chars` counts the page's own prose: a column may be a text without a list."""

    column: Column
    items: Sequence[Item] = ()
    pages_read: int = 0
    articles_read: bool = True
    complete: bool = True
    failure: str = ""
    status: int | None = None
    sha256: str = ""
    undated: tuple[str, ...] = ()
    chars: int = 0

    @property
    def target(self) -> str:
        return self.column.ref

    @property
    def ref(self) -> str:
        return self.column.ref

    @property
    def url(self) -> str:
        return self.column.url

    @property
    def title(self) -> str:
        return self.column.name


@dataclass(frozen=True, slots=True)
class Probe:
    """One availability visit (probes.jsonl)."""

    target: str
    at: datetime
    ok: bool
    ms: int
    status: int | None = None
    failure: str = ""


@dataclass(frozen=True, slots=True)
class LinkState:
    """One linked address of a site. `verdict`: ok, dead, soft-404, blocked, needs-login, rate-limited, slow, unstable, unknown.
    `kind`: page, image, background (named by a style sheet, `text` its selector), attachment, style, media, outbound. `places` are the pages that hold it, sorted; `count` all of them.
    Recorded for links that leave the site: `domain` (registrable), `final_url` after redirects, `title` and `extract` (first
    visible text) of what was found there, `sha256` of its content; `hidden` as in Link, empty when any page shows it openly."""

    url: str
    verdict: str
    kind: str = "page"
    status: int | None = None
    failure: Failure | None = None
    text: str = ""
    places: tuple[str, ...] = ()
    count: int = 0
    sha256: str = ""
    hidden: str = ""
    domain: str = ""
    final_url: str = ""
    title: str = ""
    extract: str = ""


@dataclass(frozen=True, slots=True)
class PageDigest:
    """What a site check needs to know of every page without keeping it. `printed_by`: issuer, source and author as printed;
    `sha256` of the bytes as they came, the evidence."""

    url: str
    ref: str
    kind: str
    title: str
    column: str
    published: date | None
    body_sha256: str = ""
    chars: int = 0
    printed_by: tuple[str, ...] = ()
    sketch: Sequence[int] = ()
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class SearchTry:
    """One try of a site's search: the words, whether a page of results came, and the titles on it, best first."""

    words: str
    answered: bool
    titles: tuple[str, ...] = ()
    url: str = ""


@dataclass(frozen=True, slots=True)
class AxeFault:
    """One rule that a page breaks for disabled readers: how many elements break it, and the first of them."""

    rule: str
    impact: str
    help: str
    count: int
    example: str = ""


@dataclass(frozen=True, slots=True)
class AxePage:
    """A page that axe-core looked at in a browser."""

    url: str
    faults: tuple[AxeFault, ...] = ()


def _nothing_kept(page: PageDigest) -> Document | None:
    return None


@dataclass(frozen=True, slots=True)
class SiteView:
    """A whole site as read. `home` is None when it never opened; then `home_failure` says why. `reopen` reads one page again
    from the evidence: for the few pages that a site check must see whole; None when that page is not there. `searches` are
    tries of the site's own search, None = nobody tried; `resolves`: kind of DNS record (A, AAAA) → answers, empty = not asked;
    `earlier`: the pages as the last inspection read them; `leaves_with_notice`: what a browser (or the source) showed, None = not known;
    `axe`: a sample of pages as axe-core saw them, None = nobody looked, `axe_why` says why and `axe_seed` how they were drawn."""

    site: Site
    home: Document | None = None
    home_failure: str = ""
    home_ms: int = 0
    listings: tuple[Listing, ...] = ()
    links: tuple[LinkState, ...] = ()
    probes: tuple[Probe, ...] = ()
    pages: Sequence[PageDigest] = ()
    registry: Registry = field(default_factory=Registry)
    known: int = 0
    read: int = 0
    reopen: Callable[[PageDigest], Document | None] = field(default=_nothing_kept, compare=False, repr=False)
    searches: tuple[SearchTry, ...] | None = None
    resolves: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    earlier: tuple[PageDigest, ...] = ()
    leaves_with_notice: bool | None = None
    axe: tuple[AxePage, ...] | None = None
    axe_why: str = "没有用浏览器看过"
    axe_seed: str = ""

    @property
    def target(self) -> str:
        return self.site.ref

    def pages_in(self, *categories: str) -> tuple[PageDigest, ...]:
        """The pages that were reached through columns of these categories of the ledger, in the order read."""
        columns = {column.ref for column in self.registry.columns if column.category in categories}
        columns |= {listing.ref for listing in self.listings if listing.column.category in categories}
        return tuple(page for page in self.pages if page.column in columns)

    @property
    def ref(self) -> str:
        return self.site.ref

    @property
    def url(self) -> str:
        return self.site.home

    @property
    def title(self) -> str:
        return self.site.name


@dataclass(frozen=True, slots=True)
class AccountView:
    """An account as seen. `posts` is None when it could not be read; then `failure` says why. `walked`: what a person noted
    on a walk-through (人工), heading → answer; empty = nobody walked through it."""

    account: Account
    posts: tuple[Document, ...] | None = None
    failure: str = ""
    registry: Registry = field(default_factory=Registry)
    walked: Mapping[str, str] = field(default_factory=dict)

    @property
    def target(self) -> str:
        return self.account.ref

    @property
    def ref(self) -> str:
        return self.account.ref

    @property
    def url(self) -> str:
        return self.account.address if "://" in self.account.address else ""

    @property
    def title(self) -> str:
        return self.account.name


@dataclass(frozen=True, slots=True)
class LetterView:
    """One letter, message or disclosure application with its ledger."""

    letter: Letter
    registry: Registry = field(default_factory=Registry)

    @property
    def target(self) -> str:
        return self.letter.ref

    @property
    def ref(self) -> str:
        return self.letter.ref

    @property
    def url(self) -> str:
        return ""

    @property
    def title(self) -> str:
        return self.letter.title
