"""A saved page made fit to be shown: personal data masked, scripts taken out, the finding's quote framed."""

from __future__ import annotations

import html as escaping
import re

from duwang.model.findings import Finding
from duwang.model.masking import mask_personal

_SCRIPT = re.compile(r"<(script|noscript|iframe|object|embed)\b.*?(</\1\s*>|$)", re.IGNORECASE | re.DOTALL)
_HANDLER = re.compile(r"\son\w+\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s>]+)", re.IGNORECASE)
_META = re.compile(r"<meta\b[^>]*(http-equiv|charset)[^>]*>|<base\b[^>]*>|<link\b[^>]*>", re.IGNORECASE)
_TEXT = re.compile(r">([^<]+)<")
_FRAME = '<mark id="duwang-quote" style="background:#ffe58f;outline:3px solid #d4380d;outline-offset:2px;color:inherit">{}</mark>'
_PAGE = (
    '<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><title>{title}</title><style>body{{font:16px/1.8 "Noto Sans CJK SC",'
    "sans-serif;max-width:920px;margin:24px auto;padding:0 16px;color:#222}}h1{{font-size:22px}}p.from{{color:#666;font-size:13px;"
    "word-break:break-all}}pre{{white-space:pre-wrap;font:inherit}}</style></head><body><h1>{title}</h1><p class=from>{url}</p><pre>{text}</pre></body></html>"
)  # fmt: skip
_AROUND = 4000


def shown(source: str, finding: Finding) -> tuple[str, bool]:
    """The page's own HTML, masked and inert, and whether the quote was found to be framed."""
    clean = mask_personal(_META.sub("", _HANDLER.sub("", _SCRIPT.sub("", source))))
    clean = re.sub(
        r"<head\b[^>]*>", lambda head: head[0] + '<meta charset="utf-8">', clean, count=1, flags=re.IGNORECASE
    )
    framed = False

    def frame(match: re.Match[str]) -> str:
        nonlocal framed
        text = escaping.unescape(match[1])
        if finding.quote and finding.quote in text:
            framed = True
            before, _, after = text.partition(finding.quote)
            return f">{escaping.escape(before)}{_FRAME.format(escaping.escape(finding.quote))}{escaping.escape(after)}<"
        return match[0]

    clean = _TEXT.sub(frame, clean)
    return (clean if "<meta charset" in clean else '<meta charset="utf-8">' + clean), framed


def text_view(text: str, finding: Finding) -> str:
    """The text around the quote as a page of its own, masked, the quote marked."""
    start, end = finding.start, finding.end
    if start is None or end is None or not 0 <= start < end <= len(text):
        masked = mask_personal(text)
        start = masked.find(finding.quote) if finding.quote else -1
        end = start + len(finding.quote)
        if start < 0:
            return _PAGE.format(
                title=_e(finding.title or finding.target), url=_e(finding.url), text=_e(masked[:_AROUND])
            )
        text = masked
    low, high = max(0, start - _AROUND), min(len(text), end + _AROUND)
    before, after = mask_personal(text[low:start]), mask_personal(text[end:high])
    body = _e(before) + _FRAME.format(_e(mask_personal(text[start:end]))) + _e(after)
    return _PAGE.format(title=_e(finding.title or finding.target), url=_e(finding.url), text=body)


def _e(text: str) -> str:
    return escaping.escape(text)
