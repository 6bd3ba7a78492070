"""读网 on one site: `fetch` and `titles` ROOT, or one of the others and a ledger.

`titles` takes from every page what the peer takes: its title and its links. `fetch` reads every page whole: title, date, source,
body, tables, links. Both store nothing, as a crawler does. `read` also keeps frontier and evidence on disk; `checks` is
everything but spelling, with links; `all`; `links`. Each imports what it needs and nothing more.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duwang.model.material import Link
    from duwang.reading.page import Page

SPELLING = frozenset(
    [
        "text/typo",
        "text/fixed-phrase",
        "text/organisation-name",
        "text/leader-fault",
        "text/law-title",
        "text/territory-wording",
    ]
)


def crawl(home: str, taken: Callable[[Page], tuple[Link, ...]]) -> int:
    """Fetch every page of the site, take from it what is asked and follow its links; pages read."""
    from duwang.capture.fetcher import Fetcher, FetchSettings
    from duwang.model.capturing import Request, Role
    from duwang.reading.page import read_page

    seen, waiting, pages = {home}, [home], 0

    async def one(fetcher: Fetcher, url: str) -> None:
        nonlocal pages
        capture = await fetcher.fetch(Request(url, Role.ARTICLE))
        if not capture.ok or "html" not in capture.content_type:
            return
        pages += 1
        for link in taken(read_page(capture.body, url=url, content_type=capture.content_type)):
            if link.url not in seen and link.url.startswith(home):
                seen.add(link.url)
                waiting.append(link.url)

    async def worker(fetcher: Fetcher) -> None:
        while waiting:
            await one(fetcher, waiting.pop())

    async def run() -> None:
        async with Fetcher(FetchSettings(delay=0, allow_private=True)) as fetcher:
            await one(fetcher, waiting.pop())
            await asyncio.gather(*(worker(fetcher) for _ in range(6)))

    asyncio.run(run())
    return pages


def _whole(page: Page) -> tuple[Link, ...]:
    return page.document().links


def _title_and_links(page: Page) -> tuple[Link, ...]:
    assert page.title
    return page.links


def main() -> None:
    kind, place = sys.argv[1], sys.argv[2]
    if kind in ("fetch", "titles"):
        print(json.dumps({"pages": crawl(place, _whole if kind == "fetch" else _title_and_links)}))
    else:
        inspected(kind, place)


def inspected(kind: str, ledger: str) -> None:
    """An inspection of the ledger's site with the checks of that kind."""
    from duwang.checks.check import all_checks
    from duwang.flow.inspection import inspect
    from duwang.flow.registry import load
    from duwang.flow.settings import Settings

    chosen = {
        "read": ("reach/site-down",),
        "links": ("reach",),
        "checks": tuple(check for check in all_checks() if check not in SPELLING),
        "all": (),
    }[kind]
    with tempfile.TemporaryDirectory() as place:
        settings = Settings(
            out=Path(place) / "out", as_of=date(2024, 9, 30), delay=0, allow_loopback=True, documents=False, registry_text=ledger,
            checks=chosen, check_links=kind != "read", max_pages=1_000_000,
        )  # fmt: skip
        inspect(load(ledger), settings, progress=lambda message: None)
        coverage = json.loads((settings.out / "coverage.json").read_text("utf-8"))
        findings = [json.loads(line) for line in (settings.out / "findings.jsonl").read_text("utf-8").splitlines()]
    dead = sorted(str(line["facts"]["dead_url"]) for line in findings if line["check"] == "reach/broken-link")
    print(
        json.dumps(
            {"pages": sum(site["pages"]["read"] for site in coverage.values()), "dead": dead, "findings": len(findings)}
        )
    )


if __name__ == "__main__":
    main()
