"""Every page's own clock: when it was first seen, how it changed, when it was gone. Dates are watched, not believed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from duwang.flow.folder import Folder
from duwang.flow.records import from_plain
from duwang.flow.work import PageRow, WorkStore
from duwang.model.material import PageDigest
from duwang.model.refs import owner_of
from duwang.model.registry import Site

HISTORY = "page-history.jsonl"
_GONE = (404, 410)
_MOST_VERSIONS = 20


@dataclass(frozen=True, slots=True)
class Version:
    """How a page stood from that inspection on. `sha256` is of the text; `published` as printed; `silent` = the text changed
    and the printed date did not."""

    seen: date
    sha256: str
    title: str = ""
    published: date | None = None
    silent: bool = False


@dataclass(frozen=True, slots=True)
class PageLife:
    """One line of page-history.jsonl. `state`: there (read this time), deleted (404 or 410), unread (could not be read),
    unmet (nothing led to it any more). `first_seen` and `last_seen` are days of inspections."""

    ref: str
    url: str
    first_seen: date
    last_seen: date
    state: str = "there"
    deleted: date | None = None
    versions: tuple[Version, ...] = ()


def past_lives(previous: Folder | None) -> dict[str, PageLife]:
    """What the last round knew, by ref."""
    if previous is None:
        return {}
    return {life.ref: life for life in (from_plain(line, PageLife) for line in previous.read_lines(HISTORY))}


def lives(sites: Sequence[Site], past: Mapping[str, PageLife], *, as_of: date, store: WorkStore) -> Iterator[PageLife]:
    """The history after this round: pages seen now, by ref, then those that were known before and not met again."""
    left = {site.ref for site in sites}
    met: set[str] = set()
    for site in sorted(sites, key=lambda site: site.ref):
        for row in store.results(site.ref, by_key=True):
            ref = f"{site.ref}/page/{row.key}"
            if (life := _after(ref, row, past.get(ref), as_of)) is not None:
                if past:
                    met.add(ref)
                yield life
    for ref in sorted(past.keys() - met):
        life = past[ref]
        unmet = life.state == "there" and owner_of(ref) in left
        yield replace(life, state="unmet") if unmet else life


def earlier_pages(owner: str, past: Mapping[str, PageLife]) -> tuple[PageDigest, ...]:
    """A site's pages as the last inspection read them, by address."""
    there = [life for ref, life in past.items() if life.state == "there" and life.versions and owner_of(ref) == owner]
    digests = (
        PageDigest(life.url, life.ref, "", last.title, "", last.published, last.sha256)
        for life in sorted(there, key=lambda life: life.url)
        for last in life.versions[-1:]
    )
    return tuple(digests)


def _after(ref: str, row: PageRow, before: PageLife | None, as_of: date) -> PageLife | None:
    result = row.result or {}
    if not result.get("ok"):
        if before is None:
            return None
        gone = result.get("status") in _GONE
        return replace(
            before, state="deleted" if gone else "unread", deleted=(before.deleted or as_of) if gone else before.deleted
        )
    published = result.get("published")
    version = Version(
        as_of, str(result.get("body_sha256") or result.get("sha256", "")), str(result.get("title", "")),
        date.fromisoformat(published) if published else None,
    )  # fmt: skip
    if before is None:
        return PageLife(ref, row.url, as_of, as_of, versions=(version,))
    last = before.versions[-1] if before.versions else None
    versions = before.versions
    if last is None or (last.sha256, last.title, last.published) != (version.sha256, version.title, version.published):
        silent = last is not None and last.published == version.published and last.sha256 != version.sha256
        versions = (*versions[: _MOST_VERSIONS - 1], replace(version, silent=silent))
    return replace(before, last_seen=as_of, state="there", deleted=None, versions=versions)
