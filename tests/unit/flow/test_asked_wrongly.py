"""What people mistype is answered in their own words: the wrong word and what may stand there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from duwang.checks.check import all_checks
from duwang.flow.folder import FolderFault, read_reviews
from duwang.flow.looking import relevant
from duwang.flow.planning import PlanFault


def test_an_unknown_check_is_no_empty_inspection() -> None:
    checks = all_checks().values()
    assert {check.id for check in relevant(checks, only=["privacy/id-number"])} == {"privacy/id-number"}
    assert len(relevant(checks, only=["privacy"])) > 3
    with pytest.raises(PlanFault, match="“text/nope”不是检查项"):
        relevant(checks, only=["privacy", "text/nope"])


def test_a_decision_outside_the_list_is_named_with_its_line(tmp_path: Path) -> None:
    lines = [{"fingerprint": "a", "decision": "误报"}, {"fingerprint": "b", "decision": "不是"}]
    path = tmp_path / "reviews.jsonl"
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), "utf-8")
    with pytest.raises(FolderFault, match=r"第2行.*decision写的是“不是”，应写确认、误报、不影响判定中的一个"):
        read_reviews(path)
