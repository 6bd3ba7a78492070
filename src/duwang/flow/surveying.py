"""The verb links: only the links of one site, as fast as the site answers; no evidence, no verdicts. What failed is asked twice."""

from __future__ import annotations

import asyncio
import hashlib
import re
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

from duwang.capture.swift import Plain, SwiftHost
from duwang.flow.link_verdicts import refused, verdict_of
from duwang.model.capturing import Capture, Failure, Request, Role
from duwang.model.refs import host_of, normalise_address
from duwang.reading import resources
from duwang.reading.addresses import Base
from duwang.reading.charset import decode
from duwang.reading.elements import elements
from duwang.reading.refresh import refresh_address
from duwang.reading.stylesheet import imports, pictures

PLACES = 20
_ABSENT_WORDS = re.compile(
    "不存在|找不到|找到|不见了|失效|下线|走丢|删除|移除|撤下|出错|错误|无法|404|>410|ot found|ot Found|OT FOUND|be found|>Error|>error|>ERROR"
)
_MOST_BYTES = 200_000
_BUSY = 8
_KINDS = {"a": "page", "area": "page", "iframe": "page", "frame": "page", "link": "style", "script": "style"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person asks of a survey. `delay` seconds between two requests to one host."""

    home: str
    max_pages: int = 5000
    delay: float = 0.0
    connections: int = 6
    allow_loopback: bool = False

    @property
    def second_look_after(self) -> float:
        return min(20.0, 40 * self.delay)


@dataclass(slots=True, repr=False)
class Address:
    """One linked address. `kind`: page, outbound, image, attachment, style, media; `at` numbers the first pages that hold it."""

    url: str
    kind: str
    inside: bool = True
    at: list[int] = field(default_factory=list)
    count: int = 0
    verdict: str = ""
    why: str = ""
    status: int | None = None
    dead: int = 0


_NOTHING = Address("", "")
_STATES = {"soft-404": "页面说内容不存在", "needs-login": "要求登录"}


@dataclass(slots=True, repr=False)
class Survey:
    """All addresses in the order met."""

    asked: Asked
    order: list[Address] = field(default_factory=list)
    pages: int = 0
    left_out: int = 0
    absent: str = ""

    def record(self) -> dict[str, Any]:
        """`dead` and `others` (not dead, not fine), by address; `pages` read, `links` met."""
        bad = sorted((one for one in self.order if one.verdict not in ("", "ok")), key=lambda one: one.url)
        lines = [
            {
                "url": one.url, "kind": one.kind, "class": one.verdict, "status": one.status, "why": one.why, "count": one.count,
                "places": [self.order[n].url for n in one.at],
            }
            for one in bad
        ]  # fmt: skip
        return {
            "home": self.asked.home, "pages": self.pages, "links": len(self.order), "left_out": self.left_out,
            "dead": [line for line in lines if line["class"] == "dead"], "others": [line for line in lines if line["class"] != "dead"],
        }  # fmt: skip


def survey(asked: Asked) -> Survey:
    """Walk one site; failures are values."""
    return asyncio.run(_Walk(asked).done())


class _Walk:
    def __init__(self, asked: Asked) -> None:
        self.asked, self.survey = asked, Survey(asked)
        self.host = host_of(asked.home)
        parts = urlsplit(asked.home)
        self.root, self.scheme = f"{parts.scheme}://{parts.netloc}/", len(parts.scheme) + 3
        self.swift = SwiftHost(self.root[:-1], asked.allow_loopback)
        self.careful: Any = None
        self.courtesy: Any = None
        self.busy = 0
        self.queue: asyncio.Queue[int] = asyncio.Queue()
        self.known: dict[str, Address] = {}
        self.met: dict[str, Address] = {}
        self.stack = AsyncExitStack()

    async def done(self) -> Survey:
        async with self.stack:
            self.survey.absent = await self._absent()
            self._meet(self.asked.home, "page", None, Base(self.asked.home))
            await self._all()
            again = [
                n for n, one in enumerate(self.survey.order) if one.verdict == "dead" or one.verdict == "rate-limited"
            ]
            if again:
                await asyncio.sleep(self.asked.second_look_after)
                for n in again:
                    self.queue.put_nowait(n)
                await self._all()
            self.swift.close()
        for one in self.survey.order:
            if one.verdict == "dead" and one.dead < 2:
                one.verdict = "unstable"
        return self.survey

    async def _all(self) -> None:
        """Until nothing is left to be asked."""
        workers = [asyncio.ensure_future(self._work()) for _ in range(self.asked.connections)]
        joining = asyncio.ensure_future(self.queue.join())
        try:
            await asyncio.wait([joining, *workers], return_when=asyncio.FIRST_COMPLETED)
            for worker in workers:
                if worker.done():
                    worker.result()
        finally:
            for task in (joining, *workers):
                task.cancel()

    async def _work(self) -> None:
        while True:
            number = await self.queue.get()
            await self._look(number, self.survey.order[number])
            self.queue.task_done()

    async def _look(self, number: int, one: Address) -> None:
        inside = one.inside
        headed = (
            not one.verdict
            and one.kind in ("image", "attachment", "media", "style")
            and not (inside and one.url.partition("?")[0].endswith(".css"))
        )
        answer: Plain | Capture | None = None
        if inside and not self.asked.delay and self.busy < _BUSY:
            answer = await self.swift.ask(one.url, method="HEAD" if headed else "GET")
        if answer is None:
            answer = await self._carefully(one, inside, headed)
        if isinstance(answer, Plain):
            self.busy = self.busy + 1 if answer.status == 429 else 0
            self._judge(one, verdict_of(ok=answer.status == 200, status=answer.status, failure=None), answer.status, "")
            if answer.status == 200 and not headed and inside:
                self._read(number, one, answer.body, answer.content_type, one.url, redirected=False)
            return
        self.busy = self.busy + 1 if answer.status in (429, 503) else 0
        verdict = verdict_of(ok=answer.ok, status=answer.status, failure=answer.failure)
        self._judge(one, verdict, answer.status, answer.reason)
        if answer.ok and answer.body and one.kind in ("page", "outbound", "style"):
            final = answer.final_url or one.url
            self._read(number, one, answer.body, answer.content_type, final, redirected=bool(answer.redirects))

    async def _carefully(self, one: Address, inside: bool, headed: bool) -> Capture:
        """By the fetcher that knows about everything: redirects, pauses, foreign hosts and their robots.txt."""
        if self.careful is None:
            from duwang.capture.fetcher import Fetcher, FetchSettings
            from duwang.capture.robots import RobotsBook

            settings = FetchSettings(delay=self.asked.delay, allow_private=self.asked.allow_loopback)
            self.careful = await self.stack.enter_async_context(Fetcher(settings))
            self.courtesy = RobotsBook(self.careful.fetch)
        request = Request(one.url, Role.LINK, most_bytes=0 if inside else _MOST_BYTES)
        if not inside and not await self.courtesy.allows(one.url):
            return refused(one.url)
        if headed:
            capture: Capture = await self.careful.fetch(Request(one.url, Role.LINK, method="HEAD"))
            if capture.ok or capture.failure not in (None, Failure.STATUS, Failure.DISCONNECTED):
                return capture
        found: Capture = await self.careful.fetch(request)
        return found

    def _judge(self, one: Address, verdict: str, status: int | None, why: str) -> None:
        if verdict == "dead":
            one.dead += 1
        elif verdict == "ok" and one.verdict == "dead":
            verdict = "unstable"
        one.verdict, one.status = verdict, status
        one.why = why or (f"服务器返回{status}" if verdict != "ok" else "")

    def _read(self, number: int, one: Address, body: bytes, kind: str, url: str, *, redirected: bool) -> None:
        """Where a page or a sheet leads; pages that say that nothing is there are told apart."""
        inside = one.inside if url == one.url else host_of(url) == self.host
        if "css" in kind:
            self._read_sheet(number, body, kind, url)
        elif "html" in kind or not kind or "xml" in kind:
            html = decode(body, content_type=kind)[0]
            if state := self._absent_or_closed(html, body, url, kind, redirected):
                self._judge(one, state, one.status, _STATES[state])
            if inside:
                self.survey.pages += 1
                self._read_page(number, html, url)

    def _read_sheet(self, number: int, body: bytes, kind: str, url: str) -> None:
        css, base = decode(body, content_type=kind)[0], Base(url)
        for raw in imports(css):
            self._meet(raw, "style", number, base)
        for found in pictures(css):
            self._meet(found.url, "image", number, base)

    def _read_page(self, number: int, html: str, url: str) -> None:
        tree = LexborHTMLParser(html or "<html></html>")
        found, meet = elements(tree), self._meet
        named = next((node for node in found.of("base") if node.attributes.get("href")), None)
        base = Base(urljoin(url, named.attributes.get("href") or "") if named is not None else url)
        for tag, node in found.all:
            if kind := _KINDS.get(tag):
                attributes = node.attributes
                if kind != "style" or tag == "script" or "stylesheet" in (attributes.get("rel") or "").lower():
                    meet(attributes.get("href") or attributes.get("src") or "", kind, number, base)
        for image in resources.images(tree, html, base):
            meet(image.url, "image", number, base)
        for there in resources.imported(found, html, base):
            meet(there, "style", number, base)
        for there in resources.media(tree, found, base):
            meet(there, "media", number, base)
        if there := refresh_address(found, base):
            meet(there, "page", number, base)

    def _absent_or_closed(self, html: str, body: bytes, url: str, kind: str, redirected: bool) -> str:
        """soft-404 or needs-login; a page with none of the words is not looked at closely."""
        if (
            self.survey.absent
            and normalise_address(url) != normalise_address(self.asked.home)
            and hashlib.sha256(body).hexdigest() == self.survey.absent
        ):
            return "soft-404"
        if not redirected and not _ABSENT_WORDS.search(html):
            return ""
        from duwang.reading.missing import says_missing, wants_login
        from duwang.reading.page import read_page

        page = read_page(body, url=url, content_type=kind)
        if says_missing(page, redirected=redirected):
            return "soft-404"
        return "needs-login" if wants_login(page, redirected=redirected) else ""

    def _meet(self, raw: str, kind: str, on: int | None, base: Base) -> None:
        """An address as a page writes it; a new one is asked for, within the limit of addresses."""
        whole = raw[:1] == "/" or raw[:4] == "http"
        one = self.met.get(raw) if whole else None
        if one is None:
            one = self._address(resources.address(raw, base), kind)
            if whole:
                self.met[raw] = one
        if one is not _NOTHING and on is not None and (not one.at or one.at[-1] != on):
            one.count += 1
            if len(one.at) < PLACES:
                one.at.append(on)

    def _address(self, url: str, kind: str) -> Address:
        if not url:
            return _NOTHING
        inside = url.startswith(self.root)
        plain = inside and url.endswith((".html", ".htm", ".shtml")) and "/index." not in url and "/default." not in url
        one = self.known.get(key := url[self.scheme :] if plain else normalise_address(url))
        if one is None:
            if len(self.survey.order) >= self.asked.max_pages:
                self.survey.left_out += 1
                return _NOTHING
            if kind == "page":
                inside = inside or host_of(url) == self.host
                kind = (
                    "page"
                    if plain
                    else "outbound"
                    if not inside
                    else "attachment"
                    if resources.is_file(url)
                    else "page"
                )
            one = self.known[key] = Address(url, kind, inside or host_of(url) == self.host)
            self.queue.put_nowait(len(self.survey.order))
            self.survey.order.append(one)
        return one

    async def _absent(self) -> str:
        """What the site shows for an address that cannot exist, when it does not say so by its status."""
        name = hashlib.sha256(self.asked.home.encode()).hexdigest()[:12]
        answer = None if self.asked.delay else await self.swift.ask(urljoin(self.asked.home, f"/{name}.html"))
        return hashlib.sha256(answer.body).hexdigest() if answer is not None and answer.status == 200 else ""
