"""读网 on one site: `fetch` (fetch and read, nothing stored, as a crawler does), `read` (with frontier and evidence on disk), `checks` (everything but spelling, with links), `all`, `links`."""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
from datetime import date
from pathlib import Path

from duwang.capture.fetcher import Fetcher, FetchSettings
from duwang.checks.check import all_checks
from duwang.flow.inspection import inspect
from duwang.flow.registry import load
from duwang.flow.settings import Settings
from duwang.model.capturing import Request, Role
from duwang.reading.page import read_page

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


def crawl(home: str) -> int:
    """Fetch every page of the site, read it whole (title, date, body, links), follow its links; pages read."""
    seen, waiting, pages = {home}, [home], 0

    async def one(fetcher: Fetcher, url: str) -> None:
        nonlocal pages
        capture = await fetcher.fetch(Request(url, Role.ARTICLE))
        if not capture.ok or "html" not in capture.content_type:
            return
        pages += 1
        for link in read_page(capture.body, url=url, content_type=capture.content_type).document().links:
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


def main() -> None:
    kind, ledger = sys.argv[1], sys.argv[2]
    if kind == "fetch":
        print(json.dumps({"pages": crawl(load(ledger).sites[0].home)}))
        return
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
