"""What stands in a command's way: another command in the same folder, a full or closed disk, a term that has not run out."""

from __future__ import annotations

import errno
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

import duwang.flow.judging
import duwang.flow.rechecking
from duwang.cli import main
from duwang.commands.alone import alone
from kit.judged_folder import finding, judged_folder

HELD = """
import sys
from pathlib import Path
from duwang.commands.alone import alone
with alone(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.readline()
"""


def ran(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, list(words))
    return result.exit_code, result.stderr


def test_two_commands_never_write_into_one_folder(tmp_path: Path) -> None:
    """Two inspections at once mixed up the evidence until one of them fell over it."""
    folder = judged_folder(tmp_path / "轮次", (finding("reach/broken-link"),))
    other = subprocess.Popen(
        [sys.executable, "-c", HELD, str(folder.path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert other.stdout and other.stdout.readline() == "held\n"
    code, said = ran("judge", str(folder.path), "--no-documents")
    assert (code, "正在被另一个 duwang 命令使用" in said) == (2, True)
    other.communicate("\n")
    assert ran("judge", str(folder.path), "--no-documents")[0] == 0
    before = {path.name for path in folder.path.iterdir()}
    with alone(folder.path):
        assert {path.name for path in folder.path.iterdir()} == before


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (OSError(errno.ENOSPC, "No space left on device", "/数据/2026Q3/findings.jsonl"), "/数据/2026Q3/findings.jsonl 磁盘满了，没有写完"),
        (PermissionError(errno.EACCES, "Permission denied", "/数据"), "/数据 没有权限读写"),
        (OSError(errno.EROFS, "Read-only file system", "/盘/a.xlsx"), "/盘/a.xlsx 这个位置是只读的"),
        (RuntimeError(OSError(errno.EROFS, "Read-only file system", "/盘/a.xlsx")), "/盘/a.xlsx 这个位置是只读的"),
        (sqlite3.OperationalError("database or disk is full"), "磁盘满了"),
    ],
)  # fmt: skip
def test_a_full_or_closed_disk_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: Exception, told: str
) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise fault

    folder = judged_folder(tmp_path, (finding("reach/broken-link"),))
    monkeypatch.setattr(duwang.flow.judging, "judge_again", fail)
    code, said = ran("judge", str(folder.path))
    assert code == 2 and told in said and len(said.strip().splitlines()) == 1


def test_a_fault_of_the_program_is_no_fault_of_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise sqlite3.OperationalError("no such table: pages")

    folder = judged_folder(tmp_path, (finding("reach/broken-link"),))
    monkeypatch.setattr(duwang.flow.judging, "judge_again", fail)
    assert isinstance(CliRunner().invoke(main, ["judge", str(folder.path)]).exception, sqlite3.OperationalError)


@pytest.mark.parametrize(("day", "early"), [("2024-10-18", True), ("2024-10-19", False)])
def test_a_recheck_before_the_term_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, day: str, early: bool
) -> None:
    folder = judged_folder(tmp_path, (finding("reach/broken-link"),))
    (case,) = folder.read_lines("cases.jsonl")
    assert case["due"] == "2024-10-18"
    line = {"id": case["id"], "org": case["org"], "state": "未整改", "reason": "未整改", "why": "链接仍打不开"}
    monkeypatch.setattr(duwang.flow.rechecking, "recheck", lambda *args, as_of, **kwargs: [line])
    code, said = ran("recheck", str(folder.path), "--as-of", day)
    assert code == 0 and "复查结果：未整改1件" in said
    assert ("其中1件未整改的整改期限还没有到（最早的2024-10-18）" in said) is early
