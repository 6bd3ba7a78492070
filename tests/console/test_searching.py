"""What holds the searched characters is found, however few they are, whoever wrote the row and whatever happened to it since."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.http import QueryDict

from console.scene import PORTAL, build_round
from duwang.console.people.roles import Role
from duwang.console.records import cases, deciding, indexing, pairtables, searching
from duwang.console.records.models import CaseRow, FindingRow, Round
from duwang.console.triage import wording
from duwang.console.triage.filters import TABS, Asked
from duwang.console.triage.wording import Way
from duwang.model.verdicts import Decision

pytestmark = pytest.mark.django_db
TEXTS = ("特设", "新时代中国特设社会主义", "设", "象", "缺少", "PubDate", "pubdate", "“联系方式”", "53*", "既使”应", "没有的话", "\\", "'", '"', "_", "%", "特 设", "a b")  # fmt: skip


def found(round_, person, text, **more):
    query = QueryDict(mutable=True)
    query.update({"q": text, "tab": "all", **more})
    return Asked.of(query, round_=round_, person=person)


def holding(round_, text):
    """By comparing every row."""
    texts = {row.pk: (row.title, row.quote, row.message) for row in round_.findings.all()}
    return sorted(pk for pk, told in texts.items() if any(text.lower() in one.lower() for one in told))


@pytest.mark.parametrize("text", TEXTS)
def test_the_rows_found_are_those_that_hold_the_text(round_, people, text):
    people[Role.REVIEWER].sees_all = True
    asked = found(round_, people[Role.REVIEWER], text)
    assert asked.way is Way.PAIRS
    assert sorted(asked.all_findings().values_list("pk", flat=True)) == holding(round_, text)
    assert asked.board().findings == len(holding(round_, text))


@pytest.mark.parametrize("text", ["特设", "设", "联系方式"])
def test_the_counts_of_all_tabs_hold_while_searching(round_, people, text):
    footer = FindingRow.objects.get(round=round_, check_id="function/footer-mark", lead=1)
    deciding.decide(round_, [footer], Decision.CONFIRMED, by=people[Role.REVIEWER], reason="")
    board = found(round_, people[Role.REVIEWER], text).board()
    for tab in TABS:
        assert board.counts[tab.key] == found(round_, people[Role.REVIEWER], text, tab=tab.key).rows().count(), tab.key


def test_rows_of_another_round_are_not_found_nor_counted(round_, people, data, monkeypatch):
    build_round(data, "上一年", as_of=date(2023, 9, 30))
    monkeypatch.setattr(searching, "MOST", 6)  # five of this round; ten of both
    asked = found(round_, people[Role.REVIEWER], "联系")
    assert asked.way is Way.PAIRS
    assert {row.round_id for row in asked.all_findings()} == {round_.pk} and asked.board().findings == 5


def test_a_round_indexed_again_is_found_once(round_, people):
    indexing.index(round_)
    assert found(round_, people[Role.REVIEWER], "特设").board().findings == 1
    assert kept(searching.FINDINGS) == round_.findings.count()


def test_after_judging_again_all_is_found_as_before(round_, people):
    before = list(found(round_, people[Role.REVIEWER], "应为").all_findings().values_list("pk", flat=True))
    indexing.reindex_judgement(round_)
    assert (
        list(found(round_, people[Role.REVIEWER], "应为").all_findings().values_list("pk", flat=True)) == before != []
    )


def test_a_changed_row_is_found_by_its_new_words_only(round_, people):
    row = round_.findings.get(quote="既使")
    row.title = "关于废止的通知"
    row.save()
    people[Role.REVIEWER].sees_all = True
    assert list(found(round_, people[Role.REVIEWER], "废止").all_findings()) == [row]
    round_.findings.filter(pk=row.pk).update(title="关于换届的通知")
    assert not found(round_, people[Role.REVIEWER], "废止").all_findings()
    assert found(round_, people[Role.REVIEWER], "换届").all_findings().count() == 1
    row.delete()
    assert not found(round_, people[Role.REVIEWER], "换届").all_findings()
    assert kept(searching.FINDINGS) == round_.findings.count()


def test_rows_from_before_and_lost_triggers_are_made_good(round_, people):
    """As after an upgrade: the tables of pairs are not there yet; or SQLite built the table anew and dropped its triggers."""
    with connection.cursor() as cursor:
        for searched in (searching.FINDINGS, searching.CASES):
            for name in ("come", "gone", "changed"):
                cursor.execute(f"DROP TRIGGER {searched.kept}_{name}" + ("" if sqlite() else f" ON {searched.table}"))
            cursor.execute(f"DROP TABLE {searched.kept}")
    pairtables.make_all(connection)
    assert found(round_, people[Role.REVIEWER], "特设").board().findings == 1
    with connection.cursor() as cursor:
        cursor.execute(
            f"DROP TRIGGER {searching.FINDINGS.kept}_gone" + ("" if sqlite() else f" ON {searching.FINDINGS.table}")
        )
    pairtables.make_all(connection)
    round_.findings.all().delete()
    assert kept(searching.FINDINGS) == 0


def test_words_that_stand_everywhere_are_answered_in_part_and_said_so(round_, as_role, monkeypatch):
    monkeypatch.setattr(searching, "MOST", 3)
    monkeypatch.setattr(wording, "FEW", 6)
    client = as_role(Role.REVIEWER)
    page = client.get("/findings/?q=联系方式").content.decode()
    assert "搜索的字太常见" in page and "data-bulk" not in page
    refused = client.post("/findings/decide", {"decision": "误报", "all": "1", "query": "q=联系方式", "reason": "试"})
    assert refused.status_code == 422
    for query in ("q=联系方式&check=function/footer-mark", f"q=联系方式&owner={PORTAL}"):
        page = client.get(f"/findings/?{query}").content.decode()  # the other filter leaves few rows: all are looked at
        assert "搜索的字太常见" not in page and "共 5 处" in page, query


@pytest.mark.parametrize(("text", "number"), [("联系", 1), ("联", 1), ("没有的话", 0), ("局", 0)])
def test_cases_are_found_by_their_words_after_every_act(round_, people, as_role, text, number):
    footer = FindingRow.objects.get(round=round_, check_id="function/footer-mark", lead=1)
    deciding.decide(round_, [footer], Decision.CONFIRMED, by=people[Role.REVIEWER], reason="")
    cases.take_in(round_)
    CaseRow.objects.exclude(problem__contains="联系方式").delete()
    held = CaseRow.objects.filter(problem__contains=text).count()
    assert (held > 0) is (number > 0)
    page = as_role(Role.REVIEWER).get(f"/cases/?q={text}").content.decode()
    assert f"显示 {held} / " in page or (not held and "没有工单" in page)
    CaseRow.objects.update(problem="换了说法")
    assert "没有工单" in as_role(Role.REVIEWER).get("/cases/?q=联系方式").content.decode()
    assert "换了说法" in as_role(Role.REVIEWER).get("/cases/?q=说法").content.decode()


def kept(searched):
    with connection.cursor() as cursor:
        if not sqlite():
            cursor.execute(f"SELECT COUNT(*) FROM {searched.kept}")
        else:  # whatever was put in and not taken out again: every row has a pair of its round
            cursor.execute(
                f"SELECT COUNT(*) FROM {searched.kept} WHERE {searched.kept} MATCH %s",
                [" OR ".join(f'"{pk}r"*' for pk in Round.objects.values_list("pk", flat=True))],
            )
        return cursor.fetchone()[0]


def sqlite():
    return connection.vendor == "sqlite"
