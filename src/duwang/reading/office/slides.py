"""pptx: text of every slide and its notes; DrawingML names paragraphs and tables as WordprocessingML does."""

from __future__ import annotations

import re

from duwang.reading.office.docx import blocks, write_blocks
from duwang.reading.office.extract import Extract, Pieces
from duwang.reading.office.markup import events
from duwang.reading.office.package import Package

_SLIDE = re.compile(r"^ppt/(slides/slide|notesSlides/notesSlide)(\d+)\.xml$")


def read(body: bytes) -> Extract:
    """Slides by number, each before its notes."""
    package = Package.open(body)
    found = [(int(match[2]), match[1], name) for name in package.names if (match := _SLIDE.match(name))]
    pieces = Pieces()
    for _, _, name in sorted(found, key=lambda slide: (slide[0], slide[1] != "slides/slide")):
        write_blocks(blocks(events(package.chunks(name))), pieces)
    return pieces.extract()
