"""Pages drawn for the screen, from several threads at once: PDFium takes one at a time, and a crash would end the server."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
import typst

from duwang.reading.office.drawing import NotDrawn, page_count, page_png


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return typst.compile(b'#set page("a4")\nA #pagebreak() B #pagebreak() C')


def test_pages_are_drawn_by_many_threads(pdf: bytes) -> None:
    assert page_count(pdf) == 3
    with ThreadPoolExecutor(8) as threads:
        drawn = list(threads.map(lambda n: page_png(pdf, n % 3 + 1), range(24)))
    assert all(one.startswith(b"\x89PNG") for one in drawn)
    assert len(set(drawn)) == 3


@pytest.mark.parametrize("number", [0, 4])
def test_a_page_that_is_not_there(pdf: bytes, number: int) -> None:
    with pytest.raises(NotDrawn):
        page_png(pdf, number)


def test_what_is_no_pdf() -> None:
    with pytest.raises(NotDrawn):
        page_count(b"no pdf")
