"""A bar picture of ratios as SVG, drawn by hand: one row a comparison, ours at 1."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape


@dataclass(frozen=True, slots=True)
class Bar:
    """`ratio` = the other's cost over ours; above 1 we are cheaper."""

    name: str
    ratio: float
    note: str


def svg(bars: Sequence[Bar], *, title: str) -> str:
    high, left, wide = 64 + 34 * len(bars), 320, 460
    most = max([bar.ratio for bar in bars] + [1.0])
    unit = wide / most
    rows = []
    for n, bar in enumerate(bars):
        y = 52 + 34 * n
        colour = "#1f6f54" if bar.ratio >= 1 else "#b4532a"
        rows.append(
            f'<text x="{left - 10}" y="{y + 16}" text-anchor="end">{escape(bar.name)}</text>'
            f'<rect x="{left}" y="{y + 3}" width="{max(2.0, bar.ratio * unit):.1f}" height="18" fill="{colour}"/>'
            f'<text x="{left + max(2.0, bar.ratio * unit) + 8:.1f}" y="{y + 17}" fill="#444">{bar.ratio:.1f}倍　{escape(bar.note)}</text>'
        )
    line = f'<line x1="{left + unit:.1f}" y1="44" x2="{left + unit:.1f}" y2="{high - 10}" stroke="#999" stroke-dasharray="3 3"/>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="1120" height="{high}" font-family="Noto Sans CJK SC,sans-serif" font-size="14">'
        f'<rect width="100%" height="100%" fill="#fff"/><text x="20" y="28" font-size="17" font-weight="600">{escape(title)}</text>{line}{"".join(rows)}</svg>\n'
    )
