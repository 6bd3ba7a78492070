"""Numbers hold or break exactly where they should; files written by hand can be read."""

from __future__ import annotations

import pytest

from duwang.demo import files
from duwang.demo.numbers import filled
from duwang.reading.attachment import read_attachment

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def _holds(number: str) -> bool:
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return "10X98765432"[total % 11] == number[17]


def test_an_id_number_has_a_real_province_an_unassigned_county_and_its_check_digit() -> None:
    number = filled("{id:甲}")
    assert len(number) == 18 and number.startswith("539999") and _holds(number)
    assert filled("{id:甲}") == number


def test_the_near_misses_of_an_id_number() -> None:
    number = filled("{id:甲}")
    wrong = filled("{id:甲!}")
    assert wrong[:17] == number[:17] and not _holds(wrong)
    assert filled("{id:甲~}") == f"{number[:6]}********{number[-4:]}"
    assert int(filled("{id:甲+}")[6:10]) > 2026 and _holds(filled("{id:甲+}"))


@pytest.mark.parametrize("name", ["甲", "乙1", "丙"])
def test_a_card_number_holds_and_its_neighbour_does_not(name: str) -> None:
    def luhn(number: str) -> bool:
        digits = [int(digit) for digit in reversed(number)]
        return sum(sum(divmod(digit * (1 + place % 2), 10)) for place, digit in enumerate(digits)) % 10 == 0

    assert luhn(filled(f"{{card:{name}}}")) and not luhn(filled(f"{{card:{name}!}}"))


@pytest.mark.parametrize(
    ("body", "name"),
    [
        (files.docx(["补助名单", "王某某"]), "a.docx"),
        (files.xlsx([["补助名单"], ["王某某"]]), "a.xlsx"),
        (files.pdf(["补助名单", "王某某"]), "a.pdf"),
    ],
)
def test_attachments_can_be_read(body: bytes, name: str) -> None:
    read = read_attachment(body, name=name)
    assert read.status == "text"
    assert "补助名单" in read.text and "王某某" in read.text
