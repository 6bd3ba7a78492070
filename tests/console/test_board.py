"""The counts on the tabs and filters are those of the rows, whatever is filtered and whoever looks."""

from __future__ import annotations

import pytest
from django.http import QueryDict

from console.scene import OFFICE, SCHOOL
from duwang.console.people.roles import Role
from duwang.console.records import deciding
from duwang.console.records.models import FindingRow
from duwang.console.triage.filters import TABS, Asked
from duwang.model.verdicts import Decision

pytestmark = pytest.mark.django_db
QUERIES = (
    "", "tab=all", "check=function/footer-mark", "severity=严重", "kind=account", f"org={SCHOOL}", f"org={OFFICE}&severity=一般",
    "check=text/typo&kind=site&tab=all", "tab=affects", "q=特设", "tab=confirmed",
)  # fmt: skip


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("role", [Role.REVIEWER, Role.CONTACT])
def test_counts_are_those_of_the_rows(round_, people, role, query):
    footer = FindingRow.objects.get(round=round_, check_id="function/footer-mark", lead=1)
    deciding.decide(round_, [footer], Decision.CONFIRMED, by=people[Role.REVIEWER], reason="")
    asked = Asked.of(QueryDict(query), round_=round_, person=people[role])
    board = asked.board()
    for tab in TABS:
        of_tab = Asked(asked.round, tab, asked.chosen, asked.search, asked.owner, asked.units)
        assert board.counts[tab.key] == of_tab.rows().count(), tab.key
    assert (board.cards, board.findings) == (asked.rows().count(), asked.all_findings().count())
    if asked.search:
        return
    for name, field in (("check", "check_id"), ("org", "org"), ("severity", "severity"), ("kind", "kind")):
        others = Asked(
            asked.round, asked.tab, {k: v for k, v in asked.chosen.items() if k != name}, "", "", asked.units
        )
        rows = list(others.all_findings().values_list(field, flat=True))
        assert dict(board.choices[name]) == {value: rows.count(value) for value in set(rows)}, name
