"""补查: what was not read is read once more into the finished round; what was read of the others stays, evidence and all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from duwang.cli import main
from duwang.flow.folder import Folder
from kit.small_county import AS_OF, OFFICE, PORTAL, Web, build, ledger, serving

pytestmark = pytest.mark.slow


def inspect(names: Path, out: Path, *more: str) -> tuple[int, str]:
    words = [
        "inspect",
        str(names),
        "--out",
        str(out),
        "--period",
        "2024Q3",
        "--as-of",
        AS_OF.isoformat(),
        "--delay",
        "0",
        "--allow-loopback",
    ]
    ran = CliRunner().invoke(main, [*words, *more])
    return ran.exit_code, ran.stderr


def test_only_what_is_asked_for_is_read_again(tmp_path: Path) -> None:
    """`--only` in the folder of the quarter threw the whole quarter away."""
    web = Web()
    build(web)
    with serving(web) as root:
        names, out = ledger(tmp_path / "名录", root), tmp_path / "季度"
        assert inspect(names, out)[0] == 0
        folder = Folder(out)
        before = {one.fingerprint: one for one in folder.findings()}
        of_portal = {key for key, one in before.items() if one.target.startswith(f"site/{PORTAL}")}
        captures = (out / "vault" / "index.jsonl").read_text("utf-8").splitlines()
        sheet = names / "新媒体.csv"
        sheet.write_text(sheet.read_text("utf-8-sig").replace("feeds/none.xml", "feeds/1.xml"), "utf-8-sig")
        web.pages = {path: page for path, page in web.pages.items() if not path.startswith("/a/")}
        code, said = inspect(names, out, "--only", OFFICE, "--only", "70003")
        assert code == 0 and "只重读这2个对象，其余的不动" in said
    after = {one.fingerprint for one in folder.findings()}
    assert of_portal and of_portal <= after
    assert (out / "vault" / "index.jsonl").read_text("utf-8").splitlines()[: len(captures)] == captures
    read = folder.read_json("coverage.json") or {}
    assert read["account/抖音/70003"]["seen"] == 1.0
    assert {verdict.target for verdict in folder.verdicts()} == {
        f"site/{PORTAL}", f"site/{OFFICE}", "account/微信公众号/70001", "account/微博/70002", "account/抖音/70003", "account/微信公众号/70004",
    }  # fmt: skip
    run = json.loads((out / "run.json").read_text("utf-8"))
    assert run["complete"] and run["asked"]["only"] == [] and run["planned"] == []


def test_another_round_is_not_thrown_away_for_a_part(tmp_path: Path) -> None:
    web = Web()
    build(web)
    with serving(web) as root:
        names, out = ledger(tmp_path / "名录", root), tmp_path / "季度"
        assert inspect(names, out, "--check", "reach")[0] == 0
        before = (out / "findings.jsonl").read_bytes()
        code, said = inspect(names, out, "--only", OFFICE)
    assert code == 2 and "只查一部分会把其余的结果和证据删掉；请换一个目录" in said
    assert (out / "findings.jsonl").read_bytes() == before


def test_a_whole_run_in_the_same_folder_sets_the_finished_one_aside(tmp_path: Path) -> None:
    """It used to throw away the evidence that the verdicts rest on."""
    web = Web()
    build(web)
    with serving(web) as root:
        names, out = ledger(tmp_path / "名录", root), tmp_path / "2024.三季度"
        assert inspect(names, out, "--check", "reach")[0] == 0
        kept = {
            name: (out / name).read_bytes() for name in ("findings.jsonl", "verdicts.json", "vault/captures.warc.gz")
        }
        code, said = inspect(names, out, "--check", "reach")
        assert code == 0 and "移到了" in said and "2024.三季度（原来的检查）" in said
        assert inspect(names, out, "--check", "reach")[0] == 0
    aside = tmp_path / "2024.三季度（原来的检查）"
    assert {name: (aside / name).read_bytes() for name in kept} == kept
    assert CliRunner().invoke(main, ["judge", str(aside), "--no-documents"]).exit_code == 0
    assert (tmp_path / "2024.三季度（原来的检查2）" / "vault").is_dir() and Folder(out).run()["complete"]
