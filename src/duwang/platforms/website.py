"""How a website is walked: home, columns with paging, their articles, then what those pages link to.

Levels keep the walk deterministic however the network behaves: a level starts when the one before is finished.
0 home and list pages · 1 articles of the columns and pages linked from the home page · 2 and deeper: further pages of
the site · ATTACHMENTS files found on the way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from duwang.model.capturing import Role
from duwang.model.material import Item, Link
from duwang.model.refs import address_key, host_of
from duwang.model.registry import Column, Site
from duwang.reading.listing import ListingPage
from duwang.reading.page import Page
from duwang.reading.resources import is_file

ATTACHMENTS = 90


@dataclass(frozen=True, slots=True)
class Scope:
    """What is read of a site. `since`/`until` bound the printed dates of list items; None = no bound. `depth` is the deepest
    level of followed links; `list_pages` the most pages of one column. `filled_in` tells by column which items dated before the
    period were not there when the column was last read: they are opened, too."""

    owner: str
    host: str
    since: date | None = None
    until: date | None = None
    depth: int = 4
    list_pages: int = 60
    follow_old: bool = True
    filled_in: Callable[[str, Sequence[Item]], frozenset[str]] | None = None

    def takes(self, on: date | None) -> bool:
        """True when an item printed with this date is opened."""
        if on is None:
            return True
        return (self.since is None or on >= self.since) and (self.until is None or on <= self.until)


@dataclass(frozen=True, slots=True)
class Step:
    """An address to read next."""

    url: str
    role: Role
    level: int
    column: str = ""
    number: int = 1


@dataclass(frozen=True, slots=True)
class Reached:
    """What one page leads to: steps, list items with whether they are opened, and every link as (url, kind, text, hidden)."""

    steps: tuple[Step, ...]
    items: tuple[tuple[Item, bool], ...]
    links: tuple[tuple[str, str, str, str], ...]


def first_steps(site: Site, columns: Iterable[Column]) -> Iterator[Step]:
    """The home page and the first page of every column, in ledger order."""
    yield Step(site.home, Role.HOME, 0)
    for column in columns:
        yield Step(column.url, Role.LIST, 0, column.ref)


def reached(page: Page, listing: ListingPage | None, *, step: Step, scope: Scope, known: Mapping[str, str]) -> Reached:
    """Follow one page. `listing` is given for a column's page; `known` maps keys of list addresses already planned."""
    links = tuple(_links(page, scope.host))
    steps: list[Step] = []
    items: list[tuple[Item, bool]] = []
    if listing is not None:
        late = scope.filled_in(step.column, listing.items) if scope.filled_in else frozenset()
        for item in listing.items:
            inside = host_of(item.url) == scope.host and not is_file(item.url)
            opened = inside and (scope.takes(item.on) or item.url in late)
            items.append((item, opened))
            if opened:
                steps.append(Step(item.url, Role.ARTICLE, 1, step.column))
        if following := _following(listing, step, scope, known):
            steps.append(following)
    own = {address_key(item.url) for item, _ in items}
    if step.level < scope.depth:
        steps += [s for s in _followed(page, step, scope) if address_key(s.url) not in own]
    files = (url for url, kind, _, _ in links if kind == "attachment" and host_of(url) == scope.host)
    steps += [Step(url, Role.ATTACHMENT, ATTACHMENTS) for url in files]
    return Reached(tuple(steps), tuple(items), links)


def _following(listing: ListingPage, step: Step, scope: Scope, known: Mapping[str, str]) -> Step | None:
    if step.number >= scope.list_pages or (not listing.items and step.number > 1):
        return None
    dated = [item.on for item in listing.items if item.on]
    if scope.since and dated and max(dated) < scope.since:
        return None
    for url in listing.next_pages:
        if host_of(url) == scope.host and address_key(url) not in known:
            return Step(url, Role.LIST, 0, step.column, step.number + 1)
    return None


def _followed(page: Page, step: Step, scope: Scope) -> Iterator[Step]:
    """Links inside the site that are no list items: level 1 from the home page, else one level deeper."""
    level = max(step.level + 1, 1 if step.role is Role.HOME else 2)
    if level > scope.depth:
        return
    for link in page.links:
        if link.role in ("content", "nav", "footer") and host_of(link.url) == scope.host and not is_file(link.url):
            yield Step(link.url, Role.ARTICLE, level)


def _links(page: Page, host: str) -> Iterator[tuple[str, str, str, str]]:
    seen = set()
    for link in page.links:
        kind = _kind(link, host)
        if (link.url, kind) not in seen:
            seen.add((link.url, kind))
            yield link.url, kind, link.text[:60], link.hidden
    for image in page.images:
        if image.url.startswith("http") and (image.url, "image") not in seen:
            seen.add((image.url, "image"))
            yield image.url, "image", image.alt[:60], ""


def _kind(link: Link, host: str) -> str:
    if link.role == "attachment":
        return "attachment"
    if link.role in ("style", "script"):
        return "style"
    if link.role == "media":
        return "media"
    return "page" if host_of(link.url) == host else "outbound"
