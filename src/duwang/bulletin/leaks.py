"""The last look before anything leaves: a text with personal data in it is not written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from duwang.bulletin.faults import BulletinFault

Scan = Callable[[str], Sequence[str]]
_NAMED = 5


def ensure_clean(pieces: Iterable[str], *, scan: Scan, what: str) -> None:
    """BulletinFault naming what was found (masked by the scanner) when any of the texts carries personal data."""
    text = "\n".join(pieces)
    found = list(dict.fromkeys(scan(text)))
    if found:
        more = f"等{len(found)}处" if len(found) > _NAMED else ""
        raise BulletinFault(
            f"{what}里有个人信息，没有写出：{'；'.join(found[:_NAMED])}{more}。请先遮掩或删去，再重新生成"
        )
