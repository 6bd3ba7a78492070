from __future__ import annotations

import pytest

from duwang.model.naming import in_book_marks


@pytest.mark.parametrize(
    ("title", "printed"),
    [
        ("关于印发方案的通知", "《关于印发方案的通知》"),
        ("《救助办法》政策解读", "《〈救助办法〉政策解读》"),
        ("一图读懂《救助办法》", "《一图读懂〈救助办法〉》"),
        ("《救助办法》", "《救助办法》"),
        ("《甲》与《乙》", "《〈甲〉与〈乙〉》"),
    ],
)
def test_book_marks_are_not_nested(title: str, printed: str) -> None:
    assert in_book_marks(title) == printed
