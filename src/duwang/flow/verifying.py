"""前台核实: what stands on the published page against the text that was signed."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from typing import Any

from duwang.flow.fetching import fetch_one
from duwang.model.masking import mask_personal
from duwang.reading.any_file import AttachmentFault, read_any

_SPACE = re.compile(r"\s+")
_SHOWN = 20
_CONTEXT = 12


@dataclass(frozen=True, slots=True)
class Verification:
    """`same`: letter for letter but for white space. `differences`: (signed, published, the words before), masked, at most 20."""

    same: bool
    why: str = ""
    title: str = ""
    differences: tuple[tuple[str, str, str], ...] = ()
    more: int = 0

    def record(self) -> dict[str, Any]:
        return {
            "same": self.same, "why": self.why, "title": self.title, "differences": [list(one) for one in self.differences],
            "more": self.more,
        }  # fmt: skip


def verify(url: str, signed: str, *, allow_loopback: bool = False) -> Verification:
    """Fetch the page and compare it; a page that cannot be read is not the same, with the reason."""
    capture = fetch_one(url, allow_loopback=allow_loopback)
    if not capture.ok:
        return Verification(False, f"网页打不开：{capture.reason}")
    try:
        document = read_any(
            capture.body, name=url.rsplit("/", 1)[-1], content_type=capture.content_type, url=capture.final_url
        )
    except AttachmentFault as fault:
        return Verification(False, f"网页读不出正文：{fault}")
    return compare(signed, document.body, title=document.title)


def compare(signed: str, published: str, *, title: str = "") -> Verification:
    """The differences between two texts, white space left aside; a title repeated at the top of either is left aside, too."""
    left, right = _bare(signed, title), _bare(published, title)
    if left == right:
        return Verification(True, title=title)
    matcher = difflib.SequenceMatcher(None, left, right, autojunk=False)
    found = [
        (mask_personal(left[a:b]), mask_personal(right[c:d]), mask_personal(left[max(0, a - _CONTEXT) : a]))
        for tag, a, b, c, d in matcher.get_opcodes()
        if tag != "equal"
    ]
    return Verification(False, f"有{len(found)}处不一致", title, tuple(found[:_SHOWN]), max(0, len(found) - _SHOWN))


def _bare(text: str, title: str) -> str:
    plain, heading = _SPACE.sub("", text), _SPACE.sub("", title)
    return plain.removeprefix(heading) if heading else plain
