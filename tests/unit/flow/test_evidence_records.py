"""What a unit may contest without a page: visits and letters are shown as they were counted, so that anybody can count them again."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from duwang.flow.evidence_records import VISITS, record_of
from duwang.flow.evidence_rows import sheet_rows
from duwang.flow.folder import Folder
from duwang.model.findings import Finding
from duwang.model.material import Probe
from duwang.model.registry import Letter
from kit.judged_folder import PORTAL, finding, judged_folder, registry

DOWN = finding(
    "reach/site-down", quote="云岭县人民政府网", message="打不开", facts={"first": "2024-09-24", "last": "2024-09-30", "failed": 3, "visits": 140}
)  # fmt: skip
START = datetime(2024, 9, 23, 16, 0, tzinfo=UTC)  # midnight of the 24th in Beijing


def folder_with(path: Path, found: Finding, letters: tuple[Letter, ...] = ()) -> Folder:
    folder = judged_folder(path, (found,), ledger=registry(letters=letters))
    probes = [
        Probe(PORTAL, START + timedelta(minutes=72 * n), n not in (5, 9), 16000 if n == 20 else 300,
              0 if n == 5 else 502 if n == 9 else 200, "timeout" if n == 5 else "")
        for n in range(140)
    ]  # fmt: skip
    again = Probe(PORTAL, START + timedelta(minutes=72 * 5, seconds=30), False, 300, 0, "timeout")
    others = [
        Probe("site/5399210002", START, False, 0, 0, "dns"),
        Probe(PORTAL, START - timedelta(hours=1), False, 0, 0, ""),
    ]
    folder.write_lines("probes.jsonl", [*probes, again, *others])
    return folder


def test_the_visits_that_failed_are_listed_and_all_can_be_counted_again(tmp_path: Path) -> None:
    """A site that often did not open was proved by the picture of its home page standing open."""
    record = record_of(folder_with(tmp_path, DOWN), DOWN)
    assert record is not None and record.name == VISITS
    assert record.text.splitlines() == [
        "2024-09-24至2024-09-30共访问140次，打不开3次：",
        "2024-09-24 06:00:00　15秒内没有打开",
        "2024-09-24 10:48:00　服务器返回502",
        "2024-09-25 00:00:00　用时16.0秒",
    ]
    rows = list(csv.DictReader(io.StringIO(record.table.decode("utf-8-sig"))))
    assert len(rows) == 141 and sum(row["计入"] == "是" for row in rows) == 140
    assert sum(row["计入"] == "是" and row["结果"] == "打不开" for row in rows) == 3


def test_the_sheet_shows_the_record_instead_of_a_quote(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, DOWN)
    rows = {row.name: row.value for row in sheet_rows(folder, DOWN, "", (), record_of(folder, DOWN))}
    assert "打不开3次" in rows["打不开的访问\n（北京时间）"] and "原文（已遮掩）" not in rows


def test_a_letter_is_shown_as_the_ledger_has_it_with_numbers_masked(tmp_path: Path) -> None:
    letter = Letter(
        "LY1", "网民留言", target=PORTAL, title="怎样办理", text="请打13912345678", received=date(2024, 6, 1)
    )
    found = finding("interact/letter-overdue", message="超过3个月没有答复", facts={"letter": "letter/LY1"})
    record = record_of(folder_with(tmp_path, found, (letter,)), found)
    assert record is not None and "收到时间：2024-06-01" in record.text and record.text.endswith("答复时间：名录里没有")
    assert "13912345678" not in record.text


def test_a_page_proves_the_rest(tmp_path: Path) -> None:
    found = finding("text/typo", quote="按装")
    assert record_of(folder_with(tmp_path, found), found) is None
