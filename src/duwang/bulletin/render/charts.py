"""Small charts as inline SVG: no script, readable when printed in grey, every bar with its number."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

_ROW, _LABEL, _WIDE, _TAIL = 26, 172, 480, 66
_TONES = ("#2f6db8", "#3b9a74", "#d28a2c")


def bars(
    caption: str, rows: Sequence[tuple[str, float, str]], *, most: float | None = None, tone: str = _TONES[0]
) -> str:
    """Horizontal bars: label, value, printed value. `most` is the full width (the largest value otherwise). "" when empty."""
    if not rows:
        return ""
    full = most or max(value for _, value, _ in rows) or 1
    room, height, parts = _WIDE - _LABEL - _TAIL, _ROW * len(rows) + 6, []
    for at, (label, value, printed) in enumerate(rows):
        top, width = at * _ROW + 4, max(1.5, room * value / full) if value else 0
        parts.append(
            f'<text x="{_LABEL - 8}" y="{top + 14}" text-anchor="end">{escape(shortened(label))}</text>'
            f'<rect x="{_LABEL}" y="{top}" width="{width:.1f}" height="18" fill="{tone}" rx="2"/>'
            f'<text x="{_LABEL + width + 6:.1f}" y="{top + 14}" class="v">{escape(printed)}</text>'
        )
    return _figure(caption, height, "".join(parts), described=rows)


def stacked(caption: str, names: Sequence[str], rows: Sequence[tuple[str, Sequence[int]]]) -> str:
    """Horizontal bars of up to three parts with a legend; the number behind is the sum."""
    if not rows:
        return ""
    full = max(sum(parts) for _, parts in rows) or 1
    room, pieces = _WIDE - _LABEL - _TAIL, [_legend(names)]
    for at, (label, parts) in enumerate(rows):
        top, left = at * _ROW + 30, float(_LABEL)
        pieces.append(f'<text x="{_LABEL - 8}" y="{top + 14}" text-anchor="end">{escape(shortened(label))}</text>')
        for tone, part in zip(_TONES, parts, strict=False):
            width = room * part / full
            pieces.append(f'<rect x="{left:.1f}" y="{top}" width="{width:.1f}" height="18" fill="{tone}"/>')
            left += width
        pieces.append(f'<text x="{left + 6:.1f}" y="{top + 14}" class="v">{sum(parts)}</text>')
    told = [
        (label, float(sum(parts)), "、".join(f"{name}{n}" for name, n in zip(names, parts, strict=False)))
        for label, parts in rows
    ]
    return _figure(caption, _ROW * len(rows) + 32, "".join(pieces), described=told)


def trend(caption: str, rows: Sequence[tuple[str, int, float | None, str]]) -> str:
    """Columns (problems) with a line (合格率 in percent) over periods: label, problems, rate, printed rate. "" for fewer than two."""
    if len(rows) < 2:
        return ""
    step, tall, base = (_WIDE - 60) / len(rows), 150, 196
    full, pieces, points = max(n for _, n, _, _ in rows) or 1, [_legend(("问题数", "合格率"))], []
    for at, (label, problems, value, printed) in enumerate(rows):
        middle, height = 40 + step * (at + 0.5), tall * problems / full * 0.75
        width = min(56, step * 0.5)
        pieces.append(
            f'<rect x="{middle - width / 2:.1f}" y="{base - height:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{_TONES[0]}"/>'
            f'<text x="{middle:.1f}" y="{base - 5:.1f}" text-anchor="middle" class="in">{problems}</text>'
            f'<text x="{middle:.1f}" y="{base + 18}" text-anchor="middle">{escape(label)}</text>'
        )
        if value is not None:
            top = base - tall * value / 100
            points.append(f"{middle:.1f},{top:.1f}")
            pieces.append(
                f'<circle cx="{middle:.1f}" cy="{top:.1f}" r="4" fill="{_TONES[1]}"/>'
                f'<text x="{middle:.1f}" y="{top - 8:.1f}" text-anchor="middle" class="v">{escape(printed)}</text>'
            )
    pieces.append(f'<polyline points="{" ".join(points)}" fill="none" stroke="{_TONES[1]}" stroke-width="2"/>')
    pieces.append(f'<line x1="30" y1="{base}" x2="{_WIDE - 20}" y2="{base}" stroke="#9aa5b4"/>')
    told = [(label, float(n), f"{n}个问题，合格率{printed}") for label, n, _, printed in rows]
    return _figure(caption, 222, "".join(pieces), described=told)


def shortened(label: str, most: int = 12) -> str:
    return label if len(label) <= most else f"{label[: most - 1]}…"


def _legend(names: Sequence[str]) -> str:
    pieces, left = [], 20
    for tone, name in zip(_TONES, names, strict=False):
        pieces.append(
            f'<rect x="{left}" y="5" width="12" height="12" fill="{tone}"/><text x="{left + 17}" y="16">{escape(name)}</text>'
        )
        left += 34 + 14 * len(name)
    return "".join(pieces)


def _figure(caption: str, height: float, inside: str, *, described: Sequence[tuple[str, float, str]]) -> str:
    spoken = "；".join(f"{label} {printed}" for label, _, printed in described)
    return (
        f'<figure><figcaption>{escape(caption)}</figcaption><svg viewBox="0 0 {_WIDE} {height:.0f}" role="img" aria-label="{escape(spoken, quote=True)}">'
        f"{inside}</svg></figure>"
    )
