"""整改 on screen: who may do what in which state, files that are no proofs, the slip of a unit as a document."""

from __future__ import annotations

import io
from datetime import date

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from console.scene import OFFICE, SCHOOL
from duwang.cases.states import Event
from duwang.console.people.roles import Role
from duwang.console.records import cases, deciding
from duwang.console.records.models import CaseRow, FindingRow, Proof
from duwang.console.work import queue
from duwang.console.work.running import run
from duwang.model.calendar import working_days_after
from duwang.model.verdicts import Decision

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4 proof"


@pytest.fixture
def case(round_, people) -> CaseRow:
    """The school's leak, confirmed and judged."""
    row = FindingRow.objects.get(round=round_, check_id="privacy/id-number")
    deciding.decide(round_, [row], Decision.CONFIRMED, by=people[Role.REVIEWER], reason="")
    queue.ask("判定", by=None, round=round_.pk)
    run(queue.take())
    return CaseRow.objects.get(fingerprint=row.fingerprint)


def act(client, case: CaseRow, event: str, why: str = "已改", **more) -> CaseRow:
    client.post(reverse("cases-act", args=[case.pk]), {"event": event, "why": why, **more})
    return CaseRow.objects.get(pk=case.pk)


def test_a_contest_is_ruled_on_by_the_office_only(case, as_role):
    contact, office = as_role(Role.CONTACT), as_role(Role.REVIEWER)
    assert act(contact, case, "申辩成立").state == "待整改"
    assert act(office, case, "申辩不成立").state == "待整改", "没有申辩也裁定了"
    assert act(contact, case, "申辩", "不是个人信息").state == "申辩中"
    assert act(office, case, "申辩成立", "").state == "申辩中", "没有理由也裁定了"
    assert act(office, case, "申辩成立", "属实").state == "已撤销"
    assert act(contact, case, "反馈").state == "已撤销"


def test_an_answer_carries_a_proof_that_is_what_it_says(case, as_role):
    contact = as_role(Role.CONTACT)
    for name, content in (("证明.exe", b"MZ"), ("证明.pdf", b"<html>"), ("证明.svg", b"<svg/>")):
        act(contact, case, "反馈", proof=SimpleUploadedFile(name, content))
        assert Proof.objects.count() == 0, name
    assert act(contact, case, "反馈", proof=SimpleUploadedFile("../../证明.pdf", PDF)).state == "已反馈"
    kept = Proof.objects.get()
    assert kept.name == "证明.pdf"
    answer = as_role(Role.REVIEWER).get(reverse("cases-proof", args=[kept.pk]))
    assert (b"".join(answer.streaming_content), answer["Content-Type"]) == (PDF, "application/octet-stream")


@pytest.mark.parametrize(("days", "moved"), [("0", False), ("61", False), ("五", False), ("1", True), ("60", True)])
def test_an_extension_is_in_working_days(case, as_role, days, moved):
    CaseRow.objects.filter(pk=case.pk).update(due=date(2099, 1, 5))
    after = act(as_role(Role.REVIEWER), CaseRow.objects.get(pk=case.pk), "延期", "设备到货晚", days=days)
    assert after.due == (working_days_after(date(2099, 1, 5), int(days)).date if moved else date(2099, 1, 5))


def test_the_slip_of_a_unit_holds_its_problems_and_nobody_elses(case, as_role):
    contact = as_role(Role.CONTACT)
    assert reverse("cases-slip", args=[SCHOOL]) in contact.get(reverse("cases")).content.decode()
    answer = contact.get(reverse("cases-slip-document", args=[SCHOOL]))
    document = docx.Document(io.BytesIO(answer.content))
    text = "".join(one.text for one in document.paragraphs)
    text += "".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    assert "泄露身份证号码" in text
    assert "整改反馈表" in text
    assert "联系方式" not in text
    assert contact.get(reverse("cases-slip-document", args=[OFFICE])).status_code == 404


def test_the_counts_of_the_list_follow_an_act_at_once(round_, people, as_role, django_capture_on_commit_callbacks):
    """They are kept between two looks, and counted anew after every act."""
    with django_capture_on_commit_callbacks(execute=True):
        cases.take_in(round_)
    client = as_role(Role.REVIEWER)
    before = client.get(reverse("cases")).context["tabs"]
    row = CaseRow.objects.filter(state="待整改").first()
    with django_capture_on_commit_callbacks(execute=True):
        cases.act(row, Event.ANSWER, by=people[Role.CONTACT], at=date(2024, 10, 9), why="已改")
    after = client.get(reverse("cases")).context["tabs"]
    counts = {key: (number, now) for (key, _, number), (_, _, now) in zip(before, after, strict=True)}
    assert counts["answered"][1] == counts["answered"][0] + 1
    assert counts["open"][1] == counts["open"][0]
