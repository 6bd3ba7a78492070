"""What only a browser shows of a site: whether it gives notice when a reader leaves, and what keeps disabled readers out."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator
from typing import Any

from duwang.capture.browser import Browser, browser_program
from duwang.capture.browser_axe import axe_faults, axe_missing
from duwang.capture.browser_leaving import leaves_with_notice
from duwang.checks.reach.outlink_notice import leaving
from duwang.flow.gather import page_of
from duwang.flow.ports import Fetcher, Vault
from duwang.flow.records import plain
from duwang.flow.work import WorkStore
from duwang.model.capturing import Failure, Request, Role
from duwang.model.material import AxeFault, AxePage
from duwang.model.refs import address_key, host_of
from duwang.model.registry import Site
from duwang.reading.charset import decode
from duwang.reading.page import Page

NOTICE, ACCESS = "reach/outlink-notice", "function/accessibility"
CLICKS = 3
_NOTICE, _AXE = "leaves", "axe"
_WORDS = re.compile(
    r"(?:即将|将要|正在)离开[^<>\"']{0,30}(?:网站|门户|网)|(?:访问|打开|点击)的链接即将离开|离开[^<>\"'，。]{0,20}(?:网站|门户)[^<>\"']{0,12}(?:是否|确认|确定|继续)"
)
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
_SCRIPTS, _SCRIPT_BYTES = 12, 400_000


async def browse(
    site: Site, asked: Collection[str], *, store: WorkStore, vault: Vault, fetcher: Fetcher, browser: Browser | None, pages: int, seed: str
) -> None:  # fmt: skip
    """Look once, at `pages` pages at most; noted, so that a resumed run does not look again."""
    home = store.page(site.ref, address_key(site.home))
    if home is None or not (home.result or {}).get("sha256"):
        return
    if NOTICE in asked and store.note(site.ref, _NOTICE) is None:
        page = page_of(vault.read(str((home.result or {})["sha256"])), home)
        store.set_note(site.ref, _NOTICE, {"told": await _notice(site, page, fetcher, browser if pages else None)})
    if ACCESS in asked and store.note(site.ref, _AXE) is None:
        store.set_note(site.ref, _AXE, await _access(site, store, browser if pages else None, pages, seed))
    store.commit(vault_position=vault.position())


def notice_of(owner: str, *, store: WorkStore) -> bool | None:
    """Whether the site gives notice; None when that is not known."""
    told = (store.note(owner, _NOTICE) or {}).get("told")
    return told if isinstance(told, bool) else None


def access_of(owner: str, *, store: WorkStore) -> tuple[tuple[AxePage, ...] | None, str, str]:
    """(pages as axe-core saw them, why there are none, the seed they were drawn with)."""
    noted = store.note(owner, _AXE)
    if not noted or noted["why"]:
        return None, (noted or {}).get("why") or "没有用浏览器看过", ""
    pages = tuple(AxePage(one["url"], tuple(AxeFault(**fault) for fault in one["faults"])) for one in noted["pages"])
    return pages, "", noted["seed"]


async def _notice(site: Site, page: Page, fetcher: Fetcher, browser: Browser | None) -> bool | None:
    outside = leaving(page.document().links, site.home)
    if not outside:
        return None
    if browser is not None:
        told = await leaves_with_notice(browser, site.home, sorted({link.url for link in outside})[:CLICKS])
        if isinstance(told, bool):
            return told
    return True if await _written(page, fetcher) else None


async def _written(page: Page, fetcher: Fetcher) -> bool:
    """Whether the page or one of the site's own scripts holds the usual words. That they are missing proves nothing."""
    if _WORDS.search(_plain(page.html)):
        return True
    scripts = [link.url for link in page.links if link.role == "script" and host_of(link.url) == host_of(page.url)]
    for url in scripts[:_SCRIPTS]:
        capture = await fetcher.fetch(Request(url, Role.LINK, most_bytes=_SCRIPT_BYTES, referer=page.url))
        if capture.ok and _WORDS.search(_plain(decode(capture.body, content_type=capture.content_type)[0])):
            return True
    return False


def _plain(text: str) -> str:
    """With the escapes of scripts resolved."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "\\u" in text else text


async def _access(site: Site, store: WorkStore, browser: Browser | None, pages: int, seed: str) -> dict[str, Any]:
    noted: dict[str, Any] = {"seed": seed, "pages": [], "why": ""}
    if why := axe_missing() if browser is not None else _no_browser():
        return noted | {"why": why}
    assert browser is not None
    failed = ""
    for url in (site.home, *_drawn(site, store, pages - 1, seed)):
        faults = await axe_faults(browser, url)
        if isinstance(faults, Failure):
            failed = f"浏览器没有打开{url}：{faults.in_words}"
        else:
            noted["pages"].append({"url": url, "faults": [plain(fault) for fault in faults]})
    return noted if noted["pages"] else noted | {"why": failed}


def _no_browser() -> str:
    return "设置为不用浏览器抽查" if browser_program() else "没有安装浏览器（可选件 browser 和系统的 chromium）"


def _drawn(site: Site, store: WorkStore, most: int, seed: str) -> list[str]:
    """A few pages of the site, drawn by the seed: the same run draws the same ones again."""
    pages = (
        row.url
        for row in store.results(site.ref)
        if row.result
        and row.result.get("ok")
        and row.role in (Role.LIST, Role.ARTICLE)
        and row.result.get("kind") != "file"
    )
    return sorted(_others(pages, site), key=lambda url: hashlib.sha256(f"{seed} {url}".encode()).hexdigest())[:most]


def _others(pages: Iterator[str], site: Site) -> Iterator[str]:
    return (url for url in pages if address_key(url) != address_key(site.home))
