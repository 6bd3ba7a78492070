"""A backup restores people, decisions, cases and rounds into an empty place; a damaged one is refused."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kit.judged_folder import judged_folder

pytestmark = pytest.mark.slow


def duwang(*words: str, data: Path) -> subprocess.CompletedProcess[str]:
    env = {key: value for key, value in os.environ.items() if not key.startswith(("DUWANG_", "DJANGO_"))}
    return subprocess.run(
        [sys.executable, "-m", "duwang.cli", *words, "--data", str(data)],
        capture_output=True,
        text=True,
        env=env,
        timeout=120,
    )


def test_round_trip_and_damage(tmp_path):
    from console.scene import findings, two_towns

    judged_folder(tmp_path / "results", findings(), ledger=two_towns())
    made = subprocess.run(
        [sys.executable, "-c", _FILL, str(tmp_path / "one"), str(tmp_path / "results")],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert made.returncode == 0, made.stderr
    file = tmp_path / "backup.tar.gz"
    assert duwang("backup", str(file), data=tmp_path / "one").returncode == 0
    back = duwang("restore", str(file), data=tmp_path / "two")
    assert (back.returncode, back.stdout.strip()) == (0, "已恢复，重建了1个检查批次的索引")
    told = [
        subprocess.run(
            [sys.executable, "-c", _TELL, str(tmp_path / name)], capture_output=True, text=True, timeout=120
        ).stdout
        for name in ("one", "two")
    ]
    assert told[0] == told[1] and "误报 5" in told[0]
    again = duwang("restore", str(file), data=tmp_path / "two")
    assert again.returncode == 2 and "不能恢复到有数据的系统" in again.stderr
    file.write_bytes(file.read_bytes()[:-2000])
    broken = duwang("restore", str(file), data=tmp_path / "three")
    assert broken.returncode == 2 and "Traceback" not in broken.stderr


_FILL = """
import sys; from pathlib import Path
from duwang.console import starting
starting.prepare(Path(sys.argv[1]))
starting.take_in_rounds([("一季度", Path(sys.argv[2]))])
from duwang.console.people.models import Person
from duwang.console.records import deciding
from duwang.console.records.models import FindingRow, Round
from duwang.model.verdicts import Decision
by = Person.objects.create_user("fuhe", password="x", full_name="复核")
row = FindingRow.objects.get(check_id="function/footer-mark", lead=1)
deciding.decide(row.round, [row], Decision.FALSE_ALARM, by=by, reason="打印页")
"""
_TELL = """
import sys; from pathlib import Path
from duwang.console import starting
starting.prepare(Path(sys.argv[1]))
from duwang.console.records.models import CaseRow, Decided, FindingRow, VerdictRow
print([(d.quote, d.reason, str(d.by)) for d in Decided.objects.all()], sorted(CaseRow.objects.values_list("number", "state")))
print(sorted(FindingRow.objects.values_list("fingerprint", "standing", "lead", "rank")), sorted(VerdictRow.objects.values_list("target", "verdict")))
print("误报", FindingRow.objects.filter(standing="误报").count())
"""
