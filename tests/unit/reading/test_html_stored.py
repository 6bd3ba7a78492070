"""Stored real pages: the floors may rise, never fall. The pages lie beside the project. How long it takes: bench/extraction.py."""

from __future__ import annotations

import json

import pytest
from selectolax.lexbor import LexborHTMLParser

from duwang.reading.charset import decode
from duwang.reading.flowing import flow
from duwang.reading.page import read_page
from kit.likeness import characters_f1, squeezed
from kit.shared import shared

_TITLES_WRONG = 1
_DATES_WRONG = 1
_BODIES_POOR = 1


@pytest.mark.needs_shared
def test_titles_dates_and_bodies_of_stored_pages() -> None:
    folder = shared("corpora/html")
    titles, dates, bodies = [], [], []
    for line in (folder / "gold.jsonl").read_text("utf-8").splitlines():
        gold = json.loads(line)
        raw = (folder / gold["file"]).read_bytes()
        document = read_page(raw, url="http://127.0.0.1/a/" + gold["file"]).document()
        if squeezed(document.title) != squeezed(gold["title"]):
            titles.append(gold["id"])
        if (document.published.isoformat() if document.published else None) != gold["published"]:
            dates.append(gold["id"])
        node = LexborHTMLParser(decode(raw)[0]).css_first(gold["body_selector"]) if gold.get("body_selector") else None
        if node is not None and characters_f1(document.body, flow(node).text) < 0.9:
            bodies.append(gold["id"])
    assert len(titles) <= _TITLES_WRONG, titles
    assert len(dates) <= _DATES_WRONG, dates
    assert len(bodies) <= _BODIES_POOR, bodies
