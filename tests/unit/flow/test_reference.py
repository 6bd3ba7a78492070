"""The reference pages are generated: up to date, complete, with every number of an edition and its evidence grade."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pytest

from duwang.checks.check import Check, all_checks
from duwang.flow import reference
from duwang.flow.reference import MADE, NEEDED, parts_of
from duwang.judge.edition import load_edition, shipped

FOLDER = Path(__file__).resolve().parents[3] / "docs" / "参考"


@lru_cache(maxsize=1)
def pages() -> dict[str, str]:
    """Made once: sixty tests look at them."""
    return reference.pages()


def test_the_written_pages_are_what_the_program_says() -> None:
    made = pages()
    written = {
        path.relative_to(FOLDER).as_posix(): path.read_text("utf-8")
        for path in [*FOLDER.glob("检查/*.md"), *FOLDER.glob("指标/*.md")]
    }
    wrong = sorted({*made, *written} - {name for name, text in made.items() if written.get(name) == text})
    assert wrong == [], "请运行 python scripts/make_reference.py"


@pytest.mark.parametrize("check", all_checks().values(), ids=lambda check: check.id)
def test_every_check_says_the_five_things(check: Check) -> None:
    parts = parts_of(check.doc)
    assert [heading for heading in NEEDED if len(parts.get(heading, "")) < 4] == []
    assert check.title and f"检查/{check.id.replace('/', '-')}.md" in pages()


@pytest.mark.parametrize("name", sorted(shipped("edition")))
def test_an_edition_page_has_every_indicator_with_its_numbers_and_grade(name: str) -> None:
    text = pages()[f"指标/{name}.md"]
    rows = {
        cells[1]: cells
        for cells in ([cell.strip() for cell in line.split("|")] for line in text.splitlines())
        if len(cells) > 6
    }
    for one in load_edition(name).indicators:
        for line in (one, *one.items):
            cells = rows[line.code]
            assert cells[-2] == line.grade and line.grade in "ABC"
            if line.rule in ("count", "ratio") and line.effect in ("veto", "report"):
                assert f"{line.threshold:g}" in cells[3] or f"{line.threshold:.0%}" in cells[3]
            if line.effect in ("points", "bonus") and line.points is not None:
                assert f"{line.points:g}" in cells[3]


def test_an_overlay_page_tells_what_it_changes() -> None:
    text = pages()["指标/qinghai.md"]
    assert text.startswith(MADE) and "WV-4.2" in text and "10 → 5" in text and "尚未核实" in text
