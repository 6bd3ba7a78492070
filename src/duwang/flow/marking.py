"""A saved page made fit to be shown: personal data masked, scripts taken out, its style sheets put in, the finding framed."""

from __future__ import annotations

import html as escaping
import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from urllib.parse import urljoin

from duwang.model.findings import Finding
from duwang.model.masking import mask_personal

_SCRIPT = re.compile(r"<(script|noscript|iframe|object|embed|frameset)\b.*?(</\1\s*>|$)", re.IGNORECASE | re.DOTALL)
_HANDLER = re.compile(r"\son\w+\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s>]+)", re.IGNORECASE)
_LINK = re.compile(r"<link\b[^>]*>", re.IGNORECASE)
_META = re.compile(r"<meta\b[^>]*(http-equiv|charset)[^>]*>|<base\b[^>]*>", re.IGNORECASE)
_IMAGE = re.compile(r"<(?:img|source)\b[^>]*>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([\w-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))")
_URL = re.compile(r"url\(\s*[^)]*\)|@import[^;]*;?", re.IGNORECASE)
_HEAD = (
    '<div id="duwang-head" style="all:initial;display:block;position:relative;z-index:2147483646;box-sizing:border-box;padding:12px 18px;background:#f5f7fa;'
    'border-bottom:2px solid #1f4e8c;font:15px/1.7 \'Noto Sans CJK SC\',\'Microsoft YaHei\',sans-serif;color:#222">'
    '<span style="display:block;font-weight:700">{message}</span>'
    '<span style="display:block;color:#555;word-break:break-all">{url}</span><span style="display:block;color:#555">{when}</span></div>'
)  # fmt: skip
_PICTURE = (
    '<span data-duwang-src="{url}" style="display:inline-block;box-sizing:border-box;max-width:100%;min-width:24px;{size}padding:2px 6px;border:1px dashed #aaa;'
    'background:#f3f3f3;color:#777;font:12px/1.5 sans-serif;overflow:hidden;vertical-align:middle">图{alt}</span>'
)  # fmt: skip
_MARK = '<mark style="background:#ffe58f;outline:3px solid #d4380d;outline-offset:2px;color:inherit">{}</mark>'
_PAGE = (
    '<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><title>{title}</title><style>body{{font:16px/1.8 "Noto Sans CJK SC",'
    '"Microsoft YaHei",sans-serif;max-width:920px;margin:24px auto;padding:0 16px;color:#222}}h1{{font-size:22px}}p.from{{color:#666;font-size:13px;'
    "word-break:break-all}}p.told{{padding:8px 12px;background:#fff7e0;border-left:4px solid #d4380d}}pre{{white-space:pre-wrap;font:inherit}}</style></head>"
    "<body><h1>{title}</h1><p class=from>{url}</p><p class=told>{told}</p><pre>{text}</pre></body></html>"
)  # fmt: skip
_AROUND = 1200


def shown(source: str, finding: Finding, *, css_at: Callable[[str], str], when: str, base: str = "") -> str:
    """The page's own HTML, masked and inert, with its sheets, a head that says what it proves, and what draws the frames. `css_at`
    gives a sheet by its address, empty when it was not kept; `when` tells when the page was read."""
    base = base or finding.url
    clean = _META.sub("", _HANDLER.sub("", _SCRIPT.sub("", source)))
    clean = _LINK.sub(lambda found: _sheet(found[0], base, css_at), clean)
    clean = mask_personal(_IMAGE.sub(lambda found: _placeholder(found[0]), clean))
    head = _HEAD.format(message=_e(finding.message), url=_e(finding.url), when=_e(when))
    clean, placed = re.subn(r"<body\b[^>]*>", lambda found: found[0] + head, clean, count=1, flags=re.IGNORECASE)
    return f'<!DOCTYPE html><meta charset="utf-8">{clean if placed else head + clean}{_drawing(finding, base)}'


def text_view(text: str, finding: Finding) -> str:
    """The text around the quote as a page of its own, masked, the quote marked."""
    start, end = finding.start, finding.end
    if (
        start is None
        or end is None
        or not 0 <= start < end <= len(text)
        or mask_personal(text[start:end]) != finding.quote
    ):
        text = mask_personal(text)
        start = text.find(finding.quote) if finding.quote else -1
        end = start + len(finding.quote)
    if start < 0:
        return _page(finding, _e(mask_personal(text[:_AROUND])))
    low, high = max(0, start - _AROUND), min(len(text), end + _AROUND)
    before, after = mask_personal(text[low:start]), mask_personal(text[end:high])
    return _page(finding, _e(before) + _MARK.format(_e(mask_personal(text[start:end]))) + _e(after))


def _page(finding: Finding, text: str) -> str:
    return _PAGE.format(
        title=_e(finding.title or finding.target), url=_e(finding.url), told=_e(finding.message), text=text
    )


def _sheet(tag: str, base: str, css_at: Callable[[str], str]) -> str:
    """The sheet itself in place of its link, without anything it would fetch."""
    told = _attributes(tag)
    if "stylesheet" not in told.get("rel", "").lower() or not told.get("href"):
        return ""
    css = css_at(urljoin(base, told["href"]))
    return f"<style>{_URL.sub('', css).replace('</', '')}</style>" if css else ""


def _placeholder(tag: str) -> str:
    """Pictures are not kept; a box with their words stands in."""
    if tag[1].lower() == "s":
        return ""
    told = _attributes(tag)
    size = "".join(
        f"{name}:{told[name]}px;"
        for name in ("width", "height")
        if told.get(name, "").isdigit() and len(told[name]) < 5
    )
    source = told.get("src") or told.get("data-src") or ""
    return _PICTURE.format(url=_e(source), size=size, alt=_e(f"：{told['alt'][:40]}" if told.get("alt") else ""))


def _attributes(tag: str) -> dict[str, str]:
    return {name.lower(): escaping.unescape(a or b or c) for name, a, b, c in _ATTRIBUTE.findall(tag)}


def _drawing(finding: Finding, base: str) -> str:
    wanted = {
        "quote": "" if "://" in finding.quote else finding.quote, "base": base, "hidden": bool(finding.facts.get("hidden")), "only": False,
        "addresses": [str(finding.facts[name]) for name in ("dead_url", "link_url") if finding.facts.get(name)],
    }  # fmt: skip
    data = json.dumps(wanted, ensure_ascii=False).replace("<", "\\u003c")
    return f'<script type="application/json" id="duwang-wanted">{data}</script><script>{_script()}</script>'


def only_part(page: str) -> str:
    """The same page moved so that the first frame stands in the upper part of the picture."""
    return page.replace('"only": false', '"only": true')


@cache
def _script() -> str:
    return (Path(__file__).parent / "marking.js").read_text("utf-8")


def _e(text: str) -> str:
    return escaping.escape(text)
