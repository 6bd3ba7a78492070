"""Dead links as findings, for the checks on links, pictures and attachments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from duwang.checks.check import finding
from duwang.model.findings import Draft, Findings
from duwang.model.material import LinkState, SiteView
from duwang.model.refs import normalise_address

PLACES = 20


def dead(site: SiteView, *, kinds: tuple[str, ...], what: str) -> Findings:
    """One finding for every dead address of these kinds, with the pages that hold it."""
    for link in _merged(link for link in site.links if link.verdict == "dead" and link.kind in kinds and link.places):
        yield _finding(site, link, what)


def _merged(links: Iterator[LinkState]) -> Iterator[LinkState]:
    """http and https, with and without a final slash: one address, all places."""
    found: dict[str, LinkState] = {}
    for link in links:
        key = normalise_address(link.url)
        if (first := found.get(key)) is None:
            found[key] = link
        else:
            new = tuple(place for place in link.places if place not in first.places)
            found[key] = replace(first, places=first.places + new, count=first.count + link.count)
    yield from found.values()


def _finding(site: SiteView, link: LinkState, what: str) -> Draft:
    home = normalise_address(site.site.home)
    on_home = any(normalise_address(place) == home for place in link.places)
    why = f"返回{link.status}" if link.status else link.failure.in_words if link.failure else "没有响应"
    where = f"，{link.count}个页面上有" if link.count > 1 else ""
    return finding(
        site,
        quote=link.url,
        context="",
        url=link.places[0],
        message=f"{what}打不开（{why}）：{link.url}{where}",
        count=max(link.count, 1),
        facts={
            "dead_url": link.url,
            "class": link.verdict,
            "status": link.status,
            "failure": link.failure.value if link.failure else "",
            "text": link.text,
            "places": list(link.places[:PLACES]),
            "first_level": on_home,
        },
    )
