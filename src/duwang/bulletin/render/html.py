"""The notice as one self-contained HTML page: screen and print, every counted figure says which rows it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

from duwang.bulletin.render.layout import Line, Role, annex_label, lines_of
from duwang.bulletin.tree import Annex, Bulletin, Figure, Run

_CSS = Path(__file__).parent / "通报.css"
_NAMED_ROWS = 12


def render_html(bulletin: Bulletin) -> str:
    """The page; nothing in it is fetched from elsewhere."""
    title = escape(" ".join(bulletin.head.title.split()))
    annexes = (_annex(bulletin, annex) for annex in bulletin.printed_annexes())
    body = "\n".join((*_lines(bulletin), *annexes, *_colophon(bulletin)))
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>\n{_CSS.read_text('utf-8')}</style>\n</head>\n<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def _lines(bulletin: Bulletin) -> Iterator[str]:
    lines = lines_of(bulletin)
    titles = [escape(line.text) for line in lines if line.role is Role.TITLE]
    for line in lines:
        if line.role is Role.TITLE:
            if line.first:
                yield f"<h1>{'<br>'.join(titles)}</h1>"
        elif line.role is Role.RULE:
            yield '<hr class="red">'
        elif line.role is Role.SIGNATURE or (line.role is Role.DAY and not bulletin.head.signature):
            signed = [escape(one.text) for one in lines if one.role in (Role.SIGNATURE, Role.DAY)]
            yield f'<div class="signed"><p>{"</p><p>".join(signed)}</p></div>'
        elif line.role is Role.DAY:
            continue
        else:
            yield _line(line, bulletin)


def _line(line: Line, bulletin: Bulletin) -> str:
    inner = _runs(line.runs, bulletin)
    kinds = [line.role.value, *(["first"] if line.first and line.role in (Role.CONTACT, Role.ATTACHED) else [])]
    if line.role is Role.HEADING and len(line.runs) == 1:
        tag = f"h{min(line.level + 1, 4)}"
        return f"<{tag}>{inner}</{tag}>"
    lead = f'<span class="lead">{escape(line.lead)}</span>' if line.lead else ""
    if line.role is Role.ATTACHED:
        number = int(line.lead.strip("附件：.") or 1)
        printed = number <= len(bulletin.printed_annexes())
        inner = f'<a href="#annex-{number}">{inner}</a>' if printed else inner
    return f'<p class="{" ".join(kinds)}">{lead}{inner}</p>'


def _runs(runs: Sequence[Run], bulletin: Bulletin) -> str:
    return "".join(_run(run, bulletin) for run in runs)


def _run(run: Run, bulletin: Bulletin) -> str:
    text = escape(run.text)
    figure = bulletin.figures.get(run.figure)
    if figure and (why := _origin(figure, bulletin)):
        return f'<span class="figure" title="{escape(why)}">{text}</span>'
    return f'<span class="{_FACES[run.face]}">{text}</span>' if run.face else text


_FACES = {"黑体": "hei", "楷体": "kai"}


def _origin(figure: Figure, bulletin: Bulletin) -> str:
    """Where a figure comes from, in words."""
    match figure.how:
        case "rows" | "column":
            if not figure.rows:
                return ""
            what = f"“{figure.column}”列相加" if figure.how == "column" else "逐行数出"
            rows = "、".join(str(row + 1) for row in figure.rows[:_NAMED_ROWS])
            more = f"等{len(figure.rows)}行" if len(figure.rows) > _NAMED_ROWS else "行"
            annex = bulletin.annex(figure.of)
            place = annex_label(bulletin, annex) if annex.printed else f"核算表“{annex.title}”"
            return f"{place}第{rows}{more}{what}"
        case "sum":
            return "＋".join(figure.parts)
        case "minus":
            return "－".join(figure.parts)
        case "rate":
            return f"（{figure.parts[0]}－{figure.parts[1]}）÷{figure.parts[0]}"
        case "share":
            return f"{figure.parts[0]}÷{figure.parts[1]}"
    return ""


def _colophon(bulletin: Bulletin) -> Iterator[str]:
    if rows := bulletin.colophon.lines():
        told = "".join(f"<p>{''.join(f'<span>{escape(cell)}</span>' for cell in row)}</p>" for row in rows)
        yield f'<footer class="colophon">{told}</footer>'


def _annex(bulletin: Bulletin, annex: Annex) -> str:
    number = bulletin.printed_annexes().index(annex) + 1
    notes = "".join(f'<p class="annex-note">{escape(text)}</p>' for text in annex.note.splitlines())
    return (
        f'<section class="annex{" wide" if annex.landscape else ""}" id="annex-{number}">\n'
        f'<p class="label">{annex_label(bulletin, annex)}</p>\n<h2>{escape(annex.title)}</h2>\n{_table(annex)}{notes}</section>'
    )


def _table(annex: Annex) -> str:
    if not annex.rows:
        return ""
    spans = annex.spans()
    covered = {(row + k, column) for (row, column), count in spans.items() for k in range(1, count)}
    heads = "".join(f'<th scope="col">{escape(column.title)}</th>' for column in annex.columns)
    rows = []
    for number, row in enumerate(annex.rows):
        cells = []
        for at, text in enumerate(row):
            if (number, at) in covered:
                continue
            span = f' rowspan="{spans[number, at]}"' if (number, at) in spans else ""
            centred = ' class="centred"' if annex.columns[at].centred or span else ""
            cells.append(f"<td{span}{centred}>{'<br>'.join(escape(line) for line in text.splitlines())}</td>")
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return (
        f'<div class="scroll"><table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n'
        + "\n".join(rows)
        + "\n</tbody>\n</table></div>\n"
    )
