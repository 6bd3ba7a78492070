"""WordprocessingML pieces as strings: paragraphs with the offices' fonts, tables with merged cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from duwang.bulletin.render.widths import widths
from duwang.bulletin.tree import Annex, Run

TWIPS_PER_POINT = 20
GRID = 579
LATIN = "Times New Roman"
FONTS = {"": "仿宋_GB2312", "黑体": "黑体", "楷体": "楷体_GB2312", "小标宋": "方正小标宋简体", "宋体": "宋体"}
_WIDER = {"": "仿宋", "楷体": "楷体"}
_WIDEST = "SimSun-ExtB"
RED = "FF0000"
_TABLE_POINTS = 12.0
_TABLE_PITCH = 340
_CELL_SIDE = 85
_TAB = '</w:t><w:tab/><w:t xml:space="preserve">'
_ILLEGAL = {code: None for code in range(32) if code not in (9, 10, 13)} | {0xFFFE: None, 0xFFFF: None}


@dataclass(frozen=True, slots=True)
class Shape:
    """How a paragraph is set. Indents in twips; `before` and `after` in twips; `pitch` an exact line height, 0 for that
    of the grid, which is written out too: faces that stand in for the offices' own are taller and would break the grid."""

    points: float = 16.0
    face: str = ""
    align: str = "both"
    left: int = 0
    right: int = 0
    first: int = 0
    hanging: int = 0
    before: int = 0
    after: int = 0
    pitch: int = 0
    grid: bool = True
    spacing: int = 0
    colour: str = ""
    outline: int = 0
    keep_next: bool = False
    keep_lines: bool = False
    new_page: bool = False
    rule: int = 0


def paragraph(runs: Iterable[Run], shape: Shape, *, ending: str = "") -> str:
    """A w:p; `ending` is the XML of a section that ends here."""
    inner = "".join(run_xml(run.text, shape, face=run.face) for run in runs)
    return f"<w:p>{_properties(shape, ending)}{inner}</w:p>"


def run_xml(text: str, shape: Shape, *, face: str = "") -> str:
    """Runs of one text: characters beyond GB 2312 or GBK take a font that has them."""
    pieces = groupby(text.translate(_ILLEGAL), key=lambda char: font_for(char, face or shape.face))
    return "".join(_run("".join(chars), font, shape) for font, chars in pieces)


@lru_cache(maxsize=20_000)
def font_for(char: str, face: str) -> str:
    """The font of a character: 仿宋_GB2312 lacks 㮾 and 耈, 仿宋 has what GBK has."""
    if char.isascii() or char in "—–·…“”‘’" or _encodes(char, "gb2312"):
        return FONTS[face]
    return _WIDER.get(face, FONTS[face]) if _encodes(char, "gbk") else _WIDEST


def table(annex: Annex, width: int) -> str:
    """A w:tbl `width` twips wide: the heading row repeats on every page, equal neighbours are merged downwards."""
    columns = column_widths(annex, width)
    grid = "".join(f'<w:gridCol w:w="{one}"/>' for one in columns)
    header = _row(
        [
            _cell(column.title, one, centred=True, face="黑体")
            for column, one in zip(annex.columns, columns, strict=True)
        ],
        header=True,
    )
    spans = annex.spans()
    covered = {(row + k, column) for (row, column), count in spans.items() for k in range(1, count)}
    rows = []
    for number, cells in enumerate(annex.rows):
        made = []
        for at, text in enumerate(cells):
            merge = "restart" if (number, at) in spans else "continue" if (number, at) in covered else ""
            shown = "" if merge == "continue" else text
            made.append(_cell(shown, columns[at], centred=annex.columns[at].centred or bool(merge), merge=merge))
        rows.append(_row(made))
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="6" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{width}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{borders}</w:tblBorders>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar>'
        f'<w:top w:w="40" w:type="dxa"/><w:left w:w="{_CELL_SIDE}" w:type="dxa"/>'
        f'<w:bottom w:w="40" w:type="dxa"/><w:right w:w="{_CELL_SIDE}" w:type="dxa"/></w:tblCellMar>'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{header}{''.join(rows)}</w:tbl>"
    )


def colophon(rows: Sequence[Sequence[str]], width: int) -> str:
    """版记: thick lines above and below, a thin one between, 4号仿宋 one character in. It follows the last annex: frames at the foot
    of a page overlap the tables of some word processors."""
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="{size}" w:space="4" w:color="000000"/>'
        for side, size in (("top", 8), ("bottom", 8), ("between", 6))
    )
    tabs = f'<w:tabs><w:tab w:val="right" w:pos="{width - 280}"/></w:tabs>'
    shape = Shape(points=14, align="left", pitch=480, grid=False, keep_lines=True)
    made = (paragraph(_tabbed(row), replace(shape, keep_next=row is not rows[-1])) for row in rows)
    return paragraph((), Shape(keep_next=True)) + "".join(
        one.replace("<w:autoSpaceDE", f"<w:pBdr>{borders}</w:pBdr>{tabs}<w:autoSpaceDE", 1) for one in made
    )


def _tabbed(cells: Sequence[str]) -> tuple[Run, ...]:
    return (Run("　" + "\t".join(cells)),)


def column_widths(annex: Annex, width: int) -> list[int]:
    """Twips of every column; they add up to the width."""
    made = [int(one) for one in widths(annex, width, char=_TABLE_POINTS * TWIPS_PER_POINT, margins=2 * _CELL_SIDE + 20)]
    made[-1] += width - sum(made)
    return made


def _cell(text: str, width: int, *, centred: bool, face: str = "", merge: str = "") -> str:
    shape = Shape(
        points=_TABLE_POINTS, face=face, align="center" if centred else "left", pitch=_TABLE_PITCH, grid=False
    )
    joined = f'<w:vMerge w:val="{merge}"/>' if merge else ""
    lines = text.splitlines() or [""]
    body = "".join(paragraph((Run(line),) if line else (), shape) for line in lines)
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{joined}<w:vAlign w:val="center"/></w:tcPr>{body}</w:tc>'


def _row(cells: Sequence[str], *, header: bool = False) -> str:
    repeated = "<w:tblHeader/>" if header else ""
    return f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="480" w:hRule="atLeast"/>{repeated}</w:trPr>{"".join(cells)}</w:tr>'


def _properties(shape: Shape, ending: str) -> str:
    flags = (
        ("<w:keepNext/>" if shape.keep_next else "")
        + ("<w:keepLines/>" if shape.keep_lines else "")
        + ("<w:pageBreakBefore/>" if shape.new_page else "")
    )
    border = (
        f'<w:pBdr><w:bottom w:val="single" w:sz="{shape.rule}" w:space="4" w:color="{RED}"/></w:pBdr>'
        if shape.rule
        else ""
    )
    snap = "" if shape.grid else '<w:snapToGrid w:val="0"/>'
    pitch = shape.pitch or (GRID if shape.grid else 0)
    line = f' w:line="{pitch}" w:lineRule="exact"' if pitch else ""
    first = f' w:hanging="{shape.hanging}"' if shape.hanging else f' w:firstLine="{shape.first}"'
    outline = f'<w:outlineLvl w:val="{shape.outline - 1}"/>' if shape.outline else ""
    return (
        f'<w:pPr>{flags}{border}<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>{snap}'
        f'<w:spacing w:before="{shape.before}" w:after="{shape.after}"{line}/>'
        f'<w:ind w:left="{shape.left}" w:right="{shape.right}"{first}/>'
        f'<w:jc w:val="{shape.align}"/>{outline}{ending}</w:pPr>'
    )


def _run(text: str, font: str, shape: Shape) -> str:
    size = round(shape.points * 2)
    spacing = f'<w:spacing w:val="{shape.spacing}"/>' if shape.spacing else ""
    colour = f'<w:color w:val="{shape.colour}"/>' if shape.colour else ""
    named = quoteattr(font)
    return (
        f'<w:r><w:rPr><w:rFonts w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:eastAsia={named} w:cs="{LATIN}" w:hint="eastAsia"/>'
        f'{colour}{spacing}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'
        f'<w:t xml:space="preserve">{escape(text).replace(chr(9), _TAB)}</w:t></w:r>'
    )


def _encodes(char: str, charset: str) -> bool:
    try:
        char.encode(charset)
    except UnicodeEncodeError:
        return False
    return True
