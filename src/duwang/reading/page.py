"""One HTML page, parsed once: its document, its listing and its links are computed when they are asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property, lru_cache
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from duwang.model.later import Later
from duwang.model.material import Document, Image, Link
from duwang.reading import fields, resources
from duwang.reading.addresses import Base
from duwang.reading.body import Holder, container, is_noise, names_article
from duwang.reading.charset import decode
from duwang.reading.controls import embedded
from duwang.reading.dates import Printed, date_in_url, dates_in, first_date, torn_date, two_digit_date
from duwang.reading.elements import Elements, elements
from duwang.reading.flowing import Flow, Marks, flow, marks_of, text_of
from duwang.reading.foot import Foot, foot_of
from duwang.reading.garbled import is_traditional, readable
from duwang.reading.hidden import hidden_links
from duwang.reading.learned import held_by, overlap, signature
from duwang.reading.listing import ListingPage, listing_of
from duwang.reading.outline import Step, outline
from duwang.reading.refresh import refresh_address
from duwang.reading.simplified import simplified
from duwang.reading.styling import Sheets
from duwang.reading.titles import title_above, title_of

_SUFFIXES = "pdf doc docx wps xls xlsx et csv ofd rtf zip rar 7z ppt pptx dps txt"
_LEADING = {"a": "href", "link": "href", "area": "href", "script": "src", "iframe": "src", "frame": "src"}
_FILES = frozenset(_SUFFIXES.split())
_PICTURES = frozenset(["jpg", "jpeg", "png", "bmp", "gif", "tif", "tiff", "webp"])
_FILE_NAMED = re.compile(r"\.(pdf|docx?|wps|xlsx?|et|ofd|rtf|zip|rar)\s*$", re.IGNORECASE)
_DOWNLOAD = re.compile(r"download|attach|fileid|filename=", re.IGNORECASE)
_CLOSES_ITSELF = r"(?!(?:area|base|br|col|dd|dt|embed|hr|img|input|li|link|meta|option|p|param|source|t[dhr]|tbody|tfoot|thead|track|wbr)\b)"
_OPEN_TAG = re.compile(rf"<{_CLOSES_ITSELF}[a-z][\w-]*", re.IGNORECASE)
_CLOSE_TAG = re.compile(rf"</{_CLOSES_ITSELF}[a-z][\w-]*", re.IGNORECASE)
_PASSED = re.compile(r"^[（(].{0,80}(通过|公布|批准|修订|修正|会议|施行|发布)")
_MAX_CHARS = 4_000_000
_MAX_UNCLOSED = 3_000
_PAGER_CHARS = 8
_GUIDE = re.compile(
    r"[\n\t][ \u3000【\[]*(?:[一二三四五六七八九十]{1,2}、)?(事项名称|[设法]定依据|办理依据|(?:申请|办理|受理)条件|(?:办理|申请|申报|所需)材料|办理地点|"
    r"(?:办理|实施|受理)机构|收费标准|办理时间|(?:办结|办理|承诺)时限|办理(?:流程|程序))"
)
_GUIDE_LABELS = 4
_FEW_WORDS = 80
_PAGER = re.compile(r"^(上一页|下一页|上页|下页|首页|尾页|末页|\d{1,4}|[<>«»‹›]{1,2}|\.\.\.|第\d+页)$")


def read_page(
    body: bytes, *, url: str, content_type: str = "", template: str = "", sheets: Sheets | None = None
) -> Page:
    """`template` is what other pages of the column taught (reading.learned), `sheets` what the linked style sheets say. Never fails: broken bytes, empty input or
    50,000 nested tags give a page with little in it."""
    body = body[: _MAX_CHARS * 4]
    html, charset = decode(body, content_type=content_type)
    html = html[:_MAX_CHARS]
    if b"\0" in body:
        html = html.replace("\0", "")
    if body.count(b"<") - 2 * body.count(b"</") > _MAX_UNCLOSED and _is_never_closed(html):
        html = html[:60_000]
    return Page(url, charset, LexborHTMLParser(html or "<html></html>"), html, template, sheets)


def _is_never_closed(html: str) -> bool:
    return len(_OPEN_TAG.findall(html)) - len(_CLOSE_TAG.findall(html)) > _MAX_UNCLOSED


@dataclass
class Page:
    """A parsed page. `url` is where it was read; relative addresses start there or at its <base>."""

    url: str
    charset: str
    tree: LexborHTMLParser = field(repr=False)
    html: str = field(repr=False)
    template: str = ""
    sheets: Sheets | None = field(default=None, repr=False)

    @cached_property
    def elements(self) -> Elements:
        """What leads somewhere or says something of the page."""
        return elements(self.tree)

    @cached_property
    def base(self) -> str:
        named = (node.attributes for node in self.elements.of("base"))
        written = (next((one["href"] for one in named if "href" in one), None) or "").strip()
        try:
            found = urljoin(self.url, written) if written else self.url
            return found if urlsplit(found).scheme in ("http", "https") else self.url
        except ValueError:
            return self.url

    @cached_property
    def addresses(self) -> Base:
        """Where relative addresses of this page start."""
        return Base(self.base)

    @cached_property
    def top(self) -> LexborNode:
        found = self.tree.body or self.tree.root
        assert found is not None
        return found

    @cached_property
    def meta(self) -> dict[str, str]:
        """Lower-case meta names (also og: properties) → contents; the first non-empty one counts."""
        found: dict[str, str] = {}
        for node in self.elements.of("meta"):
            attributes = node.attributes
            name = attributes.get("name") or attributes.get("property") or attributes.get("itemprop") or ""
            if name and not found.get(name.lower()):
                found[name.lower()] = (attributes.get("content") or "").strip()
        return found

    @cached_property
    def outline(self) -> list[Step]:
        return outline(self.top)

    @cached_property
    def marks(self) -> Marks:
        return marks_of(self.top)

    @cached_property
    def text(self) -> str:
        """All visible text, lines joined by newline."""
        return text_of(self.top, steps=self.outline, marks=self.marks)

    @cached_property
    def foot(self) -> Foot:
        return foot_of(self.top, self.addresses, text=self.text, marks=self.marks)

    @cached_property
    def article(self) -> Holder:
        own = container(self.top, self.outline)
        taught = held_by(self.top, self.template) if self.template else None
        return own if taught is None or (own.node is not None and overlap(own.node, taught)) else Holder(taught, 1.0)

    @property
    def holder(self) -> str:
        """The signature of the element that holds the article; empty when there is none."""
        return signature(self.article.node) if self.article.node is not None else ""

    @cached_property
    def content(self) -> Flow:
        """The article's own text with blocks, tables and pictures."""
        node = self.article.node
        found = Flow()
        if node is not None:
            skip = frozenset(one.mem_id for one in node.css("div,ul,section,footer,nav,aside,table") if is_noise(one))
            found = flow(node, base=self.addresses, skip=skip, steps=self.article.steps, marks=self.marks)
        return found if len(found.text) >= _FEW_WORDS else self._pictured() or found

    def _pictured(self) -> Flow | None:
        """An article that is a picture: the node that calls itself the article and holds one (a scanned document)."""
        for node in self.top.css("[class],[id]"):
            if names_article(node) and node.css_first("img") is not None:
                return flow(node, base=self.addresses, marks=self.marks)
        return None

    @cached_property
    def title(self) -> str:
        title, sure = title_of(self.tree, self.meta)
        if sure:
            return title
        lines = self.content.text.split("\n", 6)[:6]
        at = self.text.find(lines[0]) if len(lines[0]) >= 6 else -1
        if at < 0:
            return title
        prose = next((n for n, line in enumerate(lines) if len(line) > 60 or "。" in line), 0)
        above = self.text[max(0, at - 1500) : at] + "\n".join(lines[:prose])
        return title_above(title, above=above, body="\n".join(self.content.text[:2000].split("\n")[prose:]))

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Absolute http(s) addresses with their role, each once per role."""
        found: dict[tuple[str, str], Link] = {}
        hidden = hidden_links(self.elements, self.html, self.addresses, self.sheets)
        addresses, feet = self.addresses, self.foot.link_ids
        for tag, node in self.elements.all:
            if (leading := _LEADING.get(tag)) is None or leading not in (attributes := node.attributes):
                continue
            url = resources.address(attributes.get("href") or attributes.get("src") or "", addresses)
            if not url:
                continue
            text = (" ".join((node.text() or "").split()) if tag == "a" else "") or (attributes.get("title") or "")
            if tag == "link":
                role = "style" if "stylesheet" in (attributes.get("rel") or "").lower() else ""
            elif tag == "script":
                role = "script"
            else:
                role = (
                    "footer"
                    if feet and node.mem_id in feet and not _is_attachment(url, text)
                    else _link_role(url, text)
                )
            if role and ((known := found.get((url, role))) is None or known.hidden):
                found[url, role] = Link(url, text, role, hidden.get(node.mem_id, "") if hidden else "")
        for url, role in self.beside():
            found.setdefault((url, role), Link(url, "", role))
        return tuple(found.values())

    @cached_property
    def linked_sheets(self) -> tuple[str, ...]:
        """Addresses of the style sheets that the page links or imports, in order."""
        named = (node.attributes for node in self.elements.of("link"))
        linked = (one.get("href") or "" for one in named if "stylesheet" in (one.get("rel") or "").lower())
        found = [resources.address(raw, self.addresses) for raw in linked if raw]
        found += resources.imported(self.elements, self.html, self.addresses)
        return tuple(dict.fromkeys(url for url in found if url))

    def beside(self) -> Iterator[tuple[str, str]]:
        """What the page leads to or needs without a link: a meta refresh, imported sheets, sound and film."""
        if there := refresh_address(self.elements, self.addresses):
            yield there, "content"
        yield from ((url, "style") for url in resources.imported(self.elements, self.html, self.addresses))
        yield from ((url, "media") for url in resources.media(self.tree, self.elements, self.addresses))

    @cached_property
    def images(self) -> tuple[Image, ...]:
        """Every picture the page names or shows by its own styles."""
        return resources.images(self.tree, self.html, self.addresses)

    def listing(self, *, as_of: date | None = None) -> ListingPage:
        """The page as a list; `as_of` helps to guess the year of short dates, which are then marked inferred."""
        return listing_of(self.top, base=self.addresses, html=self.html, foot=self.foot.node_ids, as_of=as_of)

    def document(self) -> Document:
        """The page as a document; owner, ref and column are left to the caller."""
        head = self._head_lines()
        if is_traditional(head):
            head = simplified(head)
        labels = fields.labelled(head)
        body = self.content.text
        printed = self._printed(head, labels)
        written = next(dates_in(labels.get("written", "")), None)
        tail = self.text[-1500:]
        read = Document(
            url=self.url, body=body, title=self.title, kind=self._kind(printed is not None),
            published=printed.on if printed else None, published_raw=printed.raw if printed else "",
            published_at=_with_time(printed), source=labels.get("source", ""), author=labels.get("author", ""),
            doc_no=fields.document_number(labels.get("doc_no", "")) or labels.get("doc_no", "") or fields.own_number(simplified(self.title) + "\n" + head + "\n" + simplified(body[:400])),
            index_no=labels.get("index_no", ""), issuer=labels.get("issuer", ""), written=written.on if written else None,
            disclosure=fields.disclosure_label(body) or fields.disclosure_label(tail) or fields.disclosure_label(head)
            or labels.get("disclosure", ""),
            expired_mark=fields.expired_mark(self.title, labels.get("validity", "")),
            blocks=tuple(self.content.blocks), tables=tuple(self.content.tables), links=Later(lambda: self.links),
            images=tuple(self.content.images), attachments=Later(lambda: [link for link in self.links if link.role == "attachment"]), meta=self.meta | ({"validity": f"有效性：{labels['validity']}"} if labels.get("validity") else {}), footer=self.foot.text,
            footer_links=self._of(self.foot.links), footer_images=self.foot.images, charset=self.charset,
            confidence=round(self.article.share, 2), embedded=embedded(self.elements), meta_date=fields.meta_date(self.meta), url_date=date_in_url(self.url),
        )  # fmt: skip
        return readable(read)

    def _of(self, pairs: tuple[tuple[str, str], ...]) -> tuple[Link, ...]:
        return tuple(Link(url, text, "footer") for raw, text in pairs if (url := self.addresses.absolute(raw)))

    def _head_lines(self) -> str:
        """The lines from the title to the article and a little beyond: where date, source and numbers are printed."""
        text = self.text
        first = self.content.text.partition("\n")[0]
        at = text.find(first) if len(first) >= 8 else -1
        begin = max(0, at - 1500) if at >= 0 else 0
        title_at = text.find(self.title[:20], begin) if self.title else -1
        if at < 0:
            return text[max(0, title_at - 800) : title_at + 1500] if title_at >= 0 else text[:2500]
        head = text[begin:at]
        return head + "\n" + text[at : at + 260]

    def _printed(self, head: str, labels: dict[str, str]) -> Printed | None:
        """The printed publishing date: labelled, else the first full date near the title, outside the article's sentences."""
        value = labels.get("published", "")
        if labelled := first_date(value) or two_digit_date(value):
            return labelled
        between = self._between()
        near = [found for found in dates_in(between) if _plausible(between, found)]
        timed = [found for found in near if found.at]
        if timed or near:
            return (timed or near)[0]
        if torn := torn_date(between):
            return torn
        after = fields.labelled(simplified(self.text[-2500:])).get("published", "")
        return next(dates_in(after), None)

    def _between(self) -> str:
        """Text between the title and the article's first sentence; with the article's first short lines."""
        text, body = self.text, self.content.text
        lines = body.split("\n")
        short = [line for line in lines[:4] if len(line) <= 60 and "。" not in line]
        first = next((line for line in lines if len(line) >= 8), "")
        at = text.find(first) if first else -1
        title_at = text.rfind(self.title[:16], 0, at if at > 0 else len(text)) if self.title else -1
        if at < 0:
            return text[title_at : title_at + 400] if title_at >= 0 else text[:400]
        begin = title_at if title_at >= 0 and at - title_at < 1200 else max(0, at - 300)
        return text[begin:at] + "\n" + "\n".join(short)

    def _kind(self, dated: bool) -> str:
        path = urlsplit(self.url).path
        if self.url and (path in ("", "/") or re.fullmatch(r"/(index|default)\.\w+", path)):
            return "home"
        chars = len(self.content.text)
        if "办理流程" in self.text and ("设定依据" in self.text or "申请材料" in self.text or "办理材料" in self.text):
            return "guide"
        if len(set(_GUIDE.findall("\n" + self.text))) >= _GUIDE_LABELS:
            return "guide"
        if self.meta.get("articletitle") or (dated and chars >= 60):
            return "article"
        if len([item for item in self.listing().items if item.on or item.raw]) >= 3:
            return "list"
        return "article" if chars >= 150 else "other"


@lru_cache(maxsize=8192)
def _link_role(url: str, text: str) -> str:
    if _is_attachment(url, text):
        return "attachment"
    return "pager" if len(text) <= _PAGER_CHARS and _PAGER.match(text) else "content"


def _is_attachment(url: str, text: str) -> bool:
    bare, _, query = url.partition("?")
    ending = bare.partition("#")[0].rpartition(".")[2].lower()
    if ending in _FILES or ("." in text and _FILE_NAMED.search(text)) or (ending in _PICTURES and len(text) >= 2):
        return True
    return bool(query and _FILE_NAMED.search(url) and _DOWNLOAD.search(url))


def _with_time(printed: Printed | None) -> datetime | None:
    return printed.at if printed else None


def _plausible(text: str, found: Printed) -> bool:
    """Not a date inside a sentence or a copyright line."""
    before, after = text[max(0, found.start - 6) : found.start], text[found.end : found.end + 2]
    if re.search(r"(今天是|版权|自|截至|至|(?<!发布)(?<!发表)于)\s*$", before) or re.match(r"[，,至起前]", after):
        return False
    lead = text[text.rfind("\n", 0, found.start) + 1 : found.start]
    line = lead + text[found.start : found.end + 80].partition("\n")[0]
    signature = "此件" in line or bool(fields.document_number(simplified(lead))) or not found.raw[:1].isdigit()
    return not (signature or _PASSED.search(line))
