"""Every file of an inspection folder against its schema, one outcome for every planned pair, the same bytes every time."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner

from duwang.checks.check import all_checks
from duwang.cli import main
from duwang.flow.folder import Folder
from duwang.flow.judging import scope_of
from duwang.flow.schemas import SCHEMAS
from duwang.model.material import AccountView, Document, LetterView, Listing, SiteView

pytestmark = pytest.mark.slow
DOCS = Path(__file__).resolve().parents[2] / "docs" / "schemas"
SAME = ("findings.jsonl", "outcomes.jsonl", "verdicts.json", "summary.json", "coverage.json", "history.jsonl", "cases.jsonl", "index.html",
        "问题清单.xlsx", "通报.md")  # fmt: skip


def test_the_published_schemas_are_those_of_the_program() -> None:
    written = {
        path.name.removesuffix(".schema.json"): json.loads(path.read_text("utf-8")) for path in DOCS.glob("*.json")
    }
    assert written == {name: json.loads(json.dumps(schema)) for name, schema in SCHEMAS.items()}


@pytest.mark.parametrize("round_", ["first", "second", "third"])
@pytest.mark.parametrize("name", sorted(set(SCHEMAS) - {"reviews"}))
def test_every_file_is_valid(name: str, round_: str, request: pytest.FixtureRequest) -> None:
    folder: Folder = request.getfixturevalue(round_)
    path = next(p for p in (folder.path / f"{name}.json", folder.path / f"{name}.jsonl") if p.is_file())
    checker = jsonschema.validators.validator_for(SCHEMAS[name])(
        SCHEMAS[name], format_checker=jsonschema.FormatChecker()
    )
    if path.suffix == ".json":
        records = [json.loads(path.read_text("utf-8"))]
    else:
        records = list(folder.read_lines(path.name))
        assert records or name == "cases"
    for record in records:
        checker.validate(record)


def test_exactly_one_outcome_for_every_planned_pair(first: Folder) -> None:
    registry = scope_of(first)
    sites, accounts = [s.ref for s in registry.sites], [a.ref for a in registry.accounts]
    columns, letters = [c.ref for c in registry.columns], [one.ref for one in registry.letters]
    planned: Counter[tuple[str, str]] = Counter()
    for check in all_checks().values():
        refs = {SiteView: sites, Listing: columns, AccountView: accounts, LetterView: letters}.get(check.on)
        if refs is None and check.on is Document:
            refs = (sites if "site" in check.places else []) + (accounts if "account" in check.places else [])
        planned.update((ref, check.id) for ref in refs or ())
    told = Counter((one.target, one.check) for one in first.outcomes())
    assert max(told.values()) == 1
    assert {pair: n for pair, n in told.items() if pair[1] in {check for _, check in planned}} == dict(planned)


def test_findings_and_outcomes_name_each_other(first: Folder) -> None:
    named = Counter(key for outcome in first.outcomes() for key in outcome.findings)
    assert named == Counter({finding.fingerprint: 1 for finding in first.findings()})


def test_records_are_sorted_by_target_check_and_fingerprint(first: Folder) -> None:
    findings = [(one.target, one.check, one.fingerprint) for one in first.findings()]
    outcomes = [(one.target, one.check) for one in first.outcomes()]
    assert findings == sorted(findings) and outcomes == sorted(outcomes)
    assert [one.target for one in first.verdicts()] == sorted(one.target for one in first.verdicts())
    history = [line["fingerprint"] for line in first.read_lines("history.jsonl")]
    assert history == sorted(history) and set(history) == {one.fingerprint for one in first.findings()}


def test_two_runs_give_the_same_bytes(county, first: Folder, tmp_path: Path) -> None:
    again = county.inspect(tmp_path / "out")
    assert [name for name in SAME if (first.path / name).read_bytes() != (again.path / name).read_bytes()] == []


def test_judging_again_gives_the_same_bytes(county, tmp_path: Path) -> None:
    folder = county.inspect(tmp_path / "out")
    before = {
        path.name: path.read_bytes()
        for path in folder.path.iterdir()
        if path.is_file() and path.suffix not in (".docx", ".pdf")
    }
    result = CliRunner().invoke(main, ["judge", str(folder.path)])
    assert result.exit_code == 0, result.output
    assert [name for name, content in before.items() if (folder.path / name).read_bytes() != content] == []


def test_wall_clock_times_stand_only_where_they_may(county, first: Folder) -> None:
    for path in first.path.iterdir():
        if (
            path.is_file()
            and path.suffix in (".json", ".jsonl", ".html", ".md")
            and path.name not in ("run.json", "probes.jsonl")
        ):
            assert "2024-10-01T08" not in path.read_text("utf-8"), path.name


def test_no_personal_number_outside_the_vault(first: Folder) -> None:
    from kit.small_county import id_number

    for path in first.path.rglob("*"):
        if path.is_file() and "vault" not in path.parts and "work" not in path.parts:
            content = path.read_bytes()
            assert id_number(7).encode() not in content and b"13912340000" not in content, path.name
