"""Findings that say the same are one line on request, and one decision settles what the line stands for — no more."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from console.scene import OFFICE, SCHOOL, build_round, import_ledger
from duwang.console.people.roles import Role
from duwang.console.records.models import FindingRow
from duwang.console.records.models.finding import Standing
from duwang.console.triage import folding
from duwang.model.findings import Severity, question
from kit.judged_folder import finding

pytestmark = pytest.mark.django_db
LIST, DECIDE = "/findings/rows", "/findings/decide"


def _apart(made, context: str):
    """In surroundings of its own: another question."""
    return replace(made, question=question(made.check, made.quote, context))


@pytest.fixture
def typos(db, data):
    """布署 in six places of two units and 的 with two corrections, each place another question; two people under one mask."""
    found = [
        _apart(finding("text/typo", quote="布署", message="“布署”应为“部署”", n=n, org=SCHOOL if n > 4 else OFFICE), f"第{n}处")
        for n in range(1, 7)
    ]  # fmt: skip
    for n, right in ((21, "地"), (22, "得")):
        found.append(_apart(finding("text/typo", quote="的", message=f"“的”可能应为“{right}”", n=n), f"第{n}处"))
    for n in (31, 32):
        leak = finding(
            "privacy/id-number",
            quote="53*************078",
            message="公开了完整的身份证号码",
            severity=Severity.SERIOUS,
            n=n,
        )
        found.append(_apart(leak, f"第{n}人"))  # fmt: skip
    import_ledger(data)
    return build_round(data, "归并", as_of=date(2024, 9, 30), found=found)


def _lines(client, query: str):
    return {(row.quote, row.message): (row.places, row.units) for row in client.get(f"{LIST}?{query}").context["rows"]}


def test_one_line_for_each_wording_and_correction(typos, as_role):
    told = _lines(as_role(Role.REVIEWER), "fold=wording&check=text/typo")
    assert told == {
        ("布署", "“布署”应为“部署”"): (6, 2),
        ("的", "“的”可能应为“地”"): (1, 1),
        ("的", "“的”可能应为“得”"): (1, 1),
    }


def test_the_same_mask_is_not_the_same_person(typos, as_role):
    client = as_role(Role.REVIEWER)
    leaks = client.get(f"{LIST}?fold=wording&check=privacy/id-number").context["rows"]
    assert [row.places for row in leaks] == [1, 1]
    assert client.get(f"/findings/{leaks[0].pk}").context["worded"] == 1
    client.post(DECIDE, {"decision": "确认", "pk": leaks[0].pk, "worded": "1", "query": "tab=pending"})
    assert FindingRow.objects.filter(check_id="privacy/id-number", standing=Standing.CONFIRMED).count() == 1


def test_one_decision_settles_the_line_with_a_reason_and_is_undone_whole(typos, as_role):
    client = as_role(Role.REVIEWER)
    row = client.get(f"{LIST}?fold=wording&check=text/typo").context["rows"][0]
    asked = {"decision": "确认", "pk": row.pk, "worded": "1", "query": "?tab=pending&check=text/typo&fold=wording"}
    assert client.post(DECIDE, asked).status_code == 422, "一次决定六类，须写明理由"
    answer = client.post(DECIDE, {**asked, "reason": "写法明确有误"})
    assert answer["X-Count"] == "6"
    assert set(FindingRow.objects.filter(standing=Standing.CONFIRMED).values_list("quote", flat=True)) == {"布署"}
    client.post(f"/findings/undo/{answer['X-Batch']}")
    assert not FindingRow.objects.exclude(standing=Standing.PENDING).exists()


def test_a_line_covers_what_the_filters_cover(typos, as_role):
    client, query = as_role(Role.REVIEWER), f"tab=pending&org={SCHOOL}&fold=wording"
    (row,) = client.get(f"{LIST}?{query}").context["rows"]
    assert (row.places, row.units) == (2, 1)
    client.post(DECIDE, {"decision": "误报", "reason": "引用原文", "pk": row.pk, "worded": "1", "query": query})
    assert set(FindingRow.objects.filter(standing=Standing.FALSE_ALARM).values_list("org", flat=True)) == {SCHOOL}


def test_somebody_elses_findings_are_not_in_the_line(typos, as_role):
    (row,) = as_role(Role.CONTACT).get(f"{LIST}?fold=wording").context["rows"]
    assert (row.org, row.places) == (SCHOOL, 2)


def test_too_much_at_once_is_shown_check_by_check(typos, as_role, monkeypatch):
    monkeypatch.setattr(folding, "MOST", 3)
    answer = as_role(Role.REVIEWER).get(f"{LIST}?fold=wording")
    assert {row.check_id for row in answer.context["rows"]} == {"text/typo"}
    assert answer.context["asked"].chosen["check"] == "text/typo"


def test_a_kept_order_never_hides_a_decision_or_its_undoing(typos, as_role, monkeypatch):
    monkeypatch.setattr(folding, "_SLOW", -1.0)
    client, query = as_role(Role.REVIEWER), "fold=wording&check=text/typo"
    before = _lines(client, query)
    assert _lines(client, query) == before
    row = next(row for row in client.get(f"{LIST}?{query}").context["rows"] if row.quote == "布署")
    asked = {"decision": "误报", "reason": "引用原文", "pk": row.pk, "worded": "1", "query": f"tab=pending&{query}"}
    done = client.post(DECIDE, asked)
    assert _lines(client, query) == {key: value for key, value in before.items() if key[0] != "布署"}
    client.post(f"/findings/undo/{done['X-Batch']}")
    assert _lines(client, query) == before
