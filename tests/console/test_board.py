"""The counts on the tabs and filters are those of the rows, whatever is filtered and whoever looks."""

from __future__ import annotations

import pytest
from django.http import QueryDict
from django.test import Client

from console.scene import COUNTY, OFFICE, SCHOOL
from duwang.console.people.models import Person
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


@pytest.mark.parametrize(
    ("query", "told"), [("", "显示 6 / 6 类"), ("?severity=严重", "显示 2 / 6 类"), ("?q=特设", "显示 1 / 6 类")]
)
def test_beside_every_filter_stands_how_much_of_all_is_shown(round_, as_role, query, told):
    assert told in as_role(Role.REVIEWER).get(f"/findings/{query}").content.decode()


@pytest.mark.parametrize("name", ["verdicts/", "accounts/", "ledger/?sheet=单位"])
def test_other_lists_say_it_too(round_, as_role, name):
    assert "；本页 1–" in as_role(Role.REVIEWER).get(f"/{name}").content.decode()


def test_a_view_is_ones_own_unless_shared_with_the_role(round_, people, as_role):
    reviewer = as_role(Role.REVIEWER)
    reviewer.post("/findings/views", {"name": "只看严重", "query": "severity=严重"})
    reviewer.post("/findings/views", {"name": "本科室先看", "query": "tab=affects", "share": "1"})
    colleague = Client()
    colleague.force_login(
        Person.objects.create_user("same", role=Role.REVIEWER, unit=OFFICE, scope=COUNTY, must_change_password=False),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    for path in ("/findings/", "/findings/rows"):
        page = colleague.get(path).content.decode()
        assert "本科室先看" in page and "只看严重" not in page
        assert "本科室先看" not in as_role(Role.INSPECTOR).get(path).content.decode()
    colleague.post("/findings/views", {"name": "本科室先看"})
    assert "本科室先看" in reviewer.get("/findings/").content.decode(), "别人的视图不能删"


def test_many_at_once_needs_a_reason_even_to_confirm(round_, as_role):
    client, asked = as_role(Role.REVIEWER), {"decision": "确认", "all": "1", "query": "check=function/footer-mark"}
    assert client.post("/findings/decide", asked).status_code == 422
    assert client.post("/findings/decide", {**asked, "reason": "已逐条看过"})["X-Count"] == "5"


def _typo(round_):
    return FindingRow.objects.filter(round=round_, check_id="text/typo", fate="new").order_by("id")[0]


def test_the_same_words_are_found_whatever_stands_around_them(round_, as_role):
    page = as_role(Role.REVIEWER).get(f"/findings/?tab=pending&wording={_typo(round_).wording}").content.decode()
    assert page.count('data-href="') == 1
    assert "显示 1 /" in page
