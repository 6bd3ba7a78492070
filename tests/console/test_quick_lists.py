"""Lists of a million rows stay quick: pages come from indexes whichever way they are reached, looking writes nothing, and what is
remembered is forgotten as soon as it changes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from console.scene import SCHOOL
from duwang.cases.states import Event
from duwang.console.letters.standings import letters_on
from duwang.console.people import gate
from duwang.console.people.roles import Role
from duwang.console.records import cases, deciding, remembered
from duwang.console.records.casetally import counted
from duwang.console.records.models import CaseRow, FindingRow, LedgerRow
from duwang.console.rectification import listing
from duwang.console.triage import filters
from duwang.console.triage.filters import Asked, page_of
from duwang.model.verdicts import Decision

pytestmark = pytest.mark.django_db
SHAPES = (
    "", "tab=affects", "tab=confirmed", "tab=all", "tab=carried", "check=text/typo", "tab=all&check=text/typo", "severity=一般",
    "tab=all&severity=一般", "kind=site", "tab=all&kind=site", "tab=all&severity=一般&kind=site", "check=text/typo&severity=一般&kind=site",
    "tab=all&check=text/typo&severity=提示",
)  # fmt: skip


@pytest.fixture
def many_cases(round_, people):
    """Cases of two units in several states, some late, one relapsed."""
    footer = FindingRow.objects.get(round=round_, check_id="function/footer-mark", lead=1)
    deciding.decide(round_, [footer], Decision.CONFIRMED, by=people[Role.REVIEWER], reason="")
    cases.take_in(round_)
    first, today = CaseRow.objects.order_by("id")[0], timezone.localdate()
    states = ("待整改", "已反馈", "申辩中", "不能判断", "已整改", "已撤销", "未整改")
    for n in range(21):
        CaseRow.objects.create(
            number=f"试{n:03d}", round=round_, fingerprint=f"{n:020d}", org=(SCHOOL, first.org)[n % 2], problem=f"第{n}件",
            state=states[n % 7], due=None if n == 20 else today + timedelta(days=(n * 7) % 11 - 5), relapsed=n == 3, body=first.body,
        )  # fmt: skip
    cases.counts_changed()


def asked(round_, person, query):
    return Asked.of(QueryDict(query), round_=round_, person=person)


@pytest.mark.parametrize("query", SHAPES)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL按统计选路，小表总是顺序读")
def test_the_way_to_a_page_touches_an_index_only_and_sorts_nothing(round_, people, query):
    people[Role.REVIEWER].sees_all = True
    plan = asked(round_, people[Role.REVIEWER], query).rows().values_list("pk")[:50].explain()
    assert "COVERING INDEX" in plan and "TEMP B-TREE" not in plan, plan


@pytest.mark.parametrize("query", [*SHAPES, f"org={SCHOOL}", "q=应为", "tab=all&q=应"])
def test_walked_or_sorted_the_pages_hold_the_same(round_, people, monkeypatch, query):
    monkeypatch.setattr(filters, "PAGE", 2)
    of = asked(round_, people[Role.REVIEWER], query)
    number, ways = of.board().cards, {}
    for few in (0, 1000):
        monkeypatch.setattr(filters, "_FEW", few)
        pages = [page_of(of, page=page, cards=number) for page in range(1, number // 2 + 2)]
        ways[few] = [[row.pk for row in rows] for rows, _ in pages]
        assert [more for _, more in pages] == [2 * page < number for page in range(1, len(pages) + 1)]
    assert ways[0] == ways[1000]
    flat = [pk for page in ways[0] for pk in page]
    assert flat == list(of.rows().values_list("pk", flat=True)) and len(flat) == number


@pytest.mark.parametrize("tab", listing.tabs(date(2024, 1, 1)))
@pytest.mark.parametrize("role", [Role.REVIEWER, Role.CONTACT])
def test_cases_of_every_tab_are_those_its_count_says_in_the_order_of_deadlines(many_cases, as_role, people, monkeypatch, tab, role):  # fmt: skip
    held, pages = listing.tabs(timezone.localdate())[tab], {}
    told = sum(one.number for one in counted(people[role]) if held.holds(one))
    for few in (0, 1000):
        monkeypatch.setattr(listing, "_FEW", few)
        answer = as_role(role).get(f"/cases/?tab={tab}")
        pages[few] = [row.number for row in answer.context["page"]]
    assert pages[0] == pages[1000] and len(pages[0]) == told
    dated = [row for row in CaseRow.objects.filter(number__in=pages[0]) if row.due]
    expected = [row.number for row in sorted(dated, key=lambda row: (row.due, row.org, row.number))]
    assert [number for number in pages[0] if number in expected] == expected


@pytest.mark.parametrize("path", ["/", "/findings/", "/findings/?q=应为", "/cases/", "/verdicts/", "/letters/", "/accounts/", "/ledger/"])  # fmt: skip
def test_looking_writes_nothing(round_, as_role, path):
    client = as_role(Role.REVIEWER)
    client.get(path)
    with CaptureQueriesContext(
        connection,
    ) as asked_of:
        assert client.get(path).status_code == 200
    assert [one["sql"] for one in asked_of if one["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE")] == []


@pytest.mark.parametrize(("later", "written"), [(gate._ALIVE - 1, 0), (gate._ALIVE, 1), (-10, 1)])
def test_a_session_in_use_is_kept_alive(round_, as_role, monkeypatch, later, written):
    client = as_role(Role.REVIEWER)
    monkeypatch.setattr(gate.time, "time", lambda: 1_000_000.0)
    client.get("/findings/")
    monkeypatch.setattr(gate.time, "time", lambda: 1_000_000.0 + later)
    with CaptureQueriesContext(connection) as asked_of:
        client.get("/findings/")
    assert sum('UPDATE "django_session"' in one["sql"] for one in asked_of) == written


def test_counts_of_cases_follow_every_act(many_cases, as_role, people):
    client, row = as_role(Role.INSPECTOR), CaseRow.objects.filter(state="待整改", number__startswith="试")[0]
    before = {name: n for _, name, n in client.get("/cases/").context["tabs"]}
    real = CaseRow.objects.exclude(number__startswith="试").filter(state="待整改")[0]
    cases.act(real, Event.EXTENDED, by=people[Role.INSPECTOR], at=timezone.localdate(), why="节假日", due="2099-01-04")
    CaseRow.objects.filter(pk=row.pk).update(state="已整改")
    cases.counts_changed()
    after = {name: n for _, name, n in client.get("/cases/").context["tabs"]}
    assert (after["未办结"], after["已办结"]) == (before["未办结"] - 1, before["已办结"] + 1)


def test_letters_follow_the_ledger_and_the_day():
    row = LedgerRow.objects.create(
        sheet="信件",
        key="信1",
        name="来信",
        cells={"编号": "1", "来源": "领导信箱", "标题": "路灯", "收到时间": "2024-03-01"},
    )
    day = date(2024, 3, 4)
    assert [one.stands.state for one in letters_on(day)] == ["待答复"]
    assert [one.stands.state for one in letters_on(date(2024, 12, 2))] == ["逾期未答复"]
    row.cells = {**row.cells, "答复时间": "2024-03-04"}
    row.save()
    assert [one.stands.state for one in letters_on(day)] == ["按期答复"]
    row.removed = True
    row.save()
    assert not letters_on(day)


def test_what_was_asked_for_longest_ago_is_forgotten_first(monkeypatch):
    monkeypatch.setattr(remembered, "MOST", 2)
    monkeypatch.setattr(remembered, "_kept", type(remembered._kept)())
    made = []

    def ask(key):
        return remembered.remembered(key, lambda: made.append(key) or key)

    assert [ask(key) for key in "abacab"] == list("abacab")
    assert made == ["a", "b", "c", "b"]
