"""Every indicator of the regulations' tables has its place in the national edition."""

import re

import pytest
from judging_kit import NATIONAL

from kit.shared import shared

_ROW = re.compile(r"^\|\s*((?:WV|MV|D|B)-\d+(?:\.\d+)?)\s*\|(.+)\|\s*$")
LOCAL_ONLY = {"MV-4"}  # 连云港的扣分情形，不是否决


def rows():
    text = shared("regulations.md").read_text("utf-8")
    for line in text.splitlines():
        if found := _ROW.match(line):
            yield found[1], [cell.strip() for cell in found[2].split("|")]


def place_of(code):
    indicator = NATIONAL.indicator(code)
    autos = {item.auto for item in indicator.items} or {indicator.auto}
    return indicator, autos


@pytest.mark.needs_shared
def test_every_row_of_the_tables_is_automatic_proposed_or_asked():
    seen = set()
    for code, cells in rows():
        if code in LOCAL_ONLY:
            continue
        indicator, autos = place_of(code)
        assert autos <= {"A", "S", "M"}
        for item in (*indicator.items, indicator):
            if item.auto == "M" and not item.items and not item.absent:
                assert item.ask, f"{item.code}没有可问人的话"
            if item.auto in "AS" and not item.items:
                assert item.checks, f"{item.code}没有对应的检查"
        if code[0] in "DB":
            cap = next(cell for cell in cells if re.fullmatch(r"\*\*\d+\*\*.*", cell))
            assert indicator.cap == int(re.search(r"\d+", cap)[0]), code
        seen.add(code)
    assert {f"D-{n}" for n in range(1, 30)} | {f"B-{n}" for n in range(1, 11)} <= seen
    vetoes = {one.code for one in NATIONAL.indicators if one.effect == "veto"}
    assert vetoes <= seen
    assert len(seen) == 24 + 29 + 10


@pytest.mark.needs_shared
def test_what_only_people_judge_is_marked_so():
    for code, cells in rows():
        if code in LOCAL_ONLY or code[0] in "DB":
            continue
        marks = [found[1] for cell in cells if (found := re.search(r"\*{0,2}\b([ASM])\b\*{0,2}(?: \(.*)?$", cell))]
        if marks and marks[-1] == "M":
            assert NATIONAL.indicator(code).auto == "M", code


def test_codes_of_clauses_are_unique():
    codes = [item.code for one in NATIONAL.indicators for item in (one, *one.items)]
    assert len(codes) == len(set(codes))


def test_points_apply_to_portals_only():
    for one in NATIONAL.indicators:
        if one.effect in ("points", "bonus"):
            assert one.where.kinds == ("门户",) and one.cap and one.items
