"""先审后发: suggestions go in, ignoring needs a reason, four people sign one text, a changed text starts again."""

from __future__ import annotations

import pytest

from console.scene import SCHOOL
from duwang.console.people.models import Person
from duwang.console.people.roles import Role
from duwang.console.proofing import checking
from duwang.console.records.models import Manuscript

pytestmark = pytest.mark.django_db
TEXT = "各单位要认真布署，抓好落实。"


@pytest.fixture
def made(round_, as_role):
    client = as_role(Role.EDITOR)
    answer = client.post("/proofing/new", {"title": "关于抓好落实的通知", "kind": "普通", "text": TEXT})
    assert answer.status_code == 302
    return client, Manuscript.objects.get()


def signers():
    return [
        Person.objects.create_user(
            f"s{n}", password="x", full_name=f"签字人{n}", role=Role.EDITOR, unit=SCHOOL, must_change_password=False
        )
        for n in range(4)
    ]


def test_the_suggestion_is_put_in_and_the_text_checked_again(made):
    client, text = made
    page = client.get(f"/proofing/{text.pk}").content.decode()
    assert "<mark>" in page and "布署" in page
    client.post(f"/proofing/{text.pk}/accept", {"finding": "0", "sha256": text.sha256})
    text.refresh_from_db()
    assert (text.text, checking.open_findings(text)) == (TEXT.replace("布署", "部署"), [])


def test_an_outdated_page_changes_nothing(made):
    client, text = made
    assert client.post(f"/proofing/{text.pk}/accept", {"finding": "0", "sha256": "0" * 64}).status_code == 404


def test_signing_waits_for_open_findings_and_takes_four_people(made):
    client, text = made
    first, *others = signers()
    with pytest.raises(checking.NotNow, match="还有1处问题"):
        checking.sign(text, by=first, agreed=True, remark="")
    client.post(f"/proofing/{text.pk}/ignore", {"finding": "0", "sha256": text.sha256, "reason": "引用原文"})
    text.refresh_from_db()
    checking.sign(text, by=first, agreed=True, remark="")
    with pytest.raises(checking.NotNow, match="同一人不能签两个环节"):
        checking.sign(text, by=first, agreed=True, remark="")
    for person in others:
        checking.sign(text, by=person, agreed=True, remark="同意")
    assert text.state == "可发布"
    with pytest.raises(checking.NotNow, match="已审签"):
        checking.set_text(text, TEXT + "。", on=text.at.date())


def test_sending_back_needs_a_remark_and_starts_again(made):
    client, text = made
    client.post(f"/proofing/{text.pk}/ignore", {"finding": "0", "sha256": text.sha256, "reason": "引用原文"})
    text.refresh_from_db()
    first, second, *_ = signers()
    checking.sign(text, by=first, agreed=True, remark="")
    with pytest.raises(checking.NotNow, match="退回须写明意见"):
        checking.sign(text, by=second, agreed=False, remark="")
    checking.sign(text, by=second, agreed=False, remark="题目不准确")
    assert text.state == "拟稿"


def test_a_policy_document_needs_its_interpretation(round_, as_role):
    client = as_role(Role.EDITOR)
    client.post("/proofing/new", {"title": "办法", "kind": "政策文件", "text": "各单位要抓好落实。"})
    text = Manuscript.objects.get()
    first, second, *_ = signers()
    checking.sign(text, by=first, agreed=True, remark="")
    with pytest.raises(checking.NotNow, match="解读方案和解读材料"):
        checking.sign(text, by=second, agreed=True, remark="")
    client.post(f"/proofing/{text.pk}/interpretation", {"plan": "解读方案正文", "material": "解读材料正文"})
    text.refresh_from_db()
    checking.sign(text, by=second, agreed=True, remark="")
    assert text.state == "分管"


def test_the_published_page_is_held_against_the_signed_text():
    from duwang.flow.verifying import compare

    assert compare("标题\n正文第一段。\n第二段。", "正文第一段。 第二段。", title="标题").same
    changed = compare("共计100元。联系人：王某。", "共计180元。联系人：王某。")
    assert (changed.same, changed.why, changed.differences) == (False, "有1处不一致", (("0", "8", "共计1"),))
