"""Composing, approving and issuing a notice: figures stay tied, every change is a version, only the right people see and sign."""

from __future__ import annotations

import io
import json
import re
import zipfile

import pytest
from django.urls import reverse

from console.scene import OFFICE, SCHOOL, STRANGER_OFFICE, stranger
from duwang.bulletin.editing import passages
from duwang.console.people.models import Person
from duwang.console.people.roles import Role
from duwang.console.records import papers
from duwang.console.records.models import Notice, Round
from duwang.console.work import queue
from duwang.console.work.running import run
from kit.small_county import id_number

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(people):
    """The people of the office answer for the whole county and see everything."""
    Person.objects.filter(role__in=(Role.INSPECTOR, Role.REVIEWER, Role.APPROVER)).update(sees_all=True)
    return {role: Person.objects.get(pk=one.pk) for role, one in people.items()}


@pytest.fixture
def writer(office, as_role):
    return as_role(Role.REVIEWER)


@pytest.fixture
def notice(round_, writer) -> Notice:
    writer.post(reverse("bulletins-new"), {"round": round_.pk})
    return Notice.objects.get()


def fresh(notice: Notice) -> Notice:
    return Notice.objects.select_related("round", "created_by").get(pk=notice.pk)


def at(notice: Notice, name: str, *args: int) -> str:
    return reverse(f"bulletins-{name}", args=[notice.pk, *args])


def test_words_change_and_figures_do_not(notice, writer):
    place = next(one for one in passages(papers.compose_notice(notice)) if "{网站检查数}" in one.template)
    answer = writer.post(at(notice, "texts-edit"), {"key": place.key, "text": "共检查网站5个。", "act": "保存"})
    assert answer.status_code == 422
    assert "数字不能删去" in answer.content.decode()
    assert fresh(notice).version == 1
    written = place.template.replace("检查政府网站", "本季度逐一检查政府网站")
    assert writer.post(at(notice, "texts-edit"), {"key": place.key, "text": written, "act": "保存"}).status_code == 302
    text = next(one.text for one in passages(papers.compose_notice(fresh(notice))) if one.key == place.key)
    assert text.startswith("本季度逐一检查政府网站2个")
    assert "本季度逐一检查" in writer.get(at(notice, "text")).content.decode()
    shown = writer.get(at(notice, "versions")).content.decode()
    assert re.search(r"<ins>本季度逐一</ins>", shown)
    writer.post(at(notice, "texts-edit"), {"key": place.key, "act": "恢复"})
    assert fresh(notice).asked["texts"] == {}
    assert fresh(notice).version == 3


def test_personal_data_cannot_be_written_into_a_text(notice, writer):
    place = passages(papers.compose_notice(notice))[0]
    answer = writer.post(
        at(notice, "texts-edit"),
        {"key": place.key, "text": f"{place.template}张某某，身份证号码{id_number(7)}。", "act": "保存"},
    )
    assert answer.status_code == 422
    assert "文字里有个人信息" in answer.content.decode()


def test_a_problem_is_left_out_with_a_reason_and_every_figure_follows(notice, writer):
    before = papers.compose_notice(notice)
    lines = len(before.annex("problems").rows)
    page = writer.get(at(notice, "problems")).content.decode()
    key = re.search(r'value="([0-9a-f]{12})" aria-label="勾选云岭县人民政府办公室', page)[1]
    writer.post(at(notice, "problems-leave-out"), {"key": key, "why": ""})
    assert fresh(notice).version == 1, "没有理由也去掉了"
    writer.post(at(notice, "problems-leave-out"), {"key": key, "why": "已当场整改"})
    kept = fresh(notice)
    after = papers.compose_notice(kept)
    assert len(after.annex("problems").rows) == lines - 1
    assert papers.draft_of(kept).audit["findings"] == []
    page = writer.get(at(notice, "edit")).content.decode()
    assert "不写入通报的 1 个问题" in page
    assert "已当场整改" in page
    writer.post(at(notice, "problems-leave-out"), {"back": key})
    assert len(papers.compose_notice(fresh(notice)).annex("problems").rows) == lines


def test_parts_change_places(notice, writer):
    page = writer.get(at(notice, "texts")).content.decode()
    parts = re.findall(r'name="part" value="([^"]+)"', page)
    writer.post(at(notice, "texts-move"), {"section": "总体情况", "part": "政务新媒体", "up": "1"})
    assert "政务新媒体" in parts
    headings = [one.heading for one in papers.compose_notice(fresh(notice)).sections[0].sections]
    assert headings.index("政务新媒体") < headings.index("政府网站")
    assert (
        writer.post(at(notice, "texts-move"), {"section": "总体情况", "part": "没有的", "up": "1"}).status_code == 404
    )


def made(notice, writer) -> dict[str, int]:
    writer.post(at(notice, "papers"))
    run(queue.take())
    return dict(fresh(notice).papers.filter(version=fresh(notice).version).values_list("name", "pk"))


def test_papers_slips_preview_and_the_way_to_the_signature(notice, writer, as_role):
    assert writer.post(at(notice, "advance"), {"act": "送审"}).status_code == 302
    assert fresh(notice).state == "起草", "没有文书也送审了"
    names = made(notice, writer)
    assert {"通报.docx", "附件.xlsx", "整改通知.zip"} <= set(names)
    zipped = b"".join(writer.get(reverse("bulletins-paper", args=[names["整改通知.zip"]])).streaming_content)
    slips = zipfile.ZipFile(io.BytesIO(zipped)).namelist()
    assert "汇总表.docx" in slips
    assert f"{OFFICE}.docx" in slips
    if "通报.pdf" in names:
        picture = writer.get(reverse("bulletins-page", args=[names["通报.pdf"], 1]))
        assert picture.content.startswith(b"\x89PNG")
        assert writer.get(reverse("bulletins-page", args=[names["通报.pdf"], 99])).status_code == 404
    assert "存在问题清单" in writer.get(at(notice, "preview")).content.decode()
    writer.post(at(notice, "advance"), {"act": "送审"})
    assert writer.post(at(notice, "advance"), {"act": "签发"}).status_code == 403
    approver = as_role(Role.APPROVER)
    Round.objects.update(stale=True)
    approver.post(at(notice, "advance"), {"act": "签发"})
    assert fresh(notice).state == "送审", "有没计入的复核也签发了"
    Round.objects.update(stale=False)
    approver.post(at(notice, "advance"), {"act": "签发"})
    assert fresh(notice).state == "送审", "还有待核的对象也签发了"
    notice.round.verdicts.filter(verdict="待核").update(verdict="合格")
    approver.post(at(notice, "advance"), {"act": "签发"})
    assert fresh(notice).state == "已印发"
    place = passages(papers.compose_notice(notice))[0]
    assert (
        writer.post(
            at(notice, "texts-edit"), {"key": place.key, "text": f"{place.template}甲", "act": "保存"}
        ).status_code
        == 404
    )


def test_papers_older_than_the_judgement_are_not_signed(notice, writer):
    made(notice, writer)
    round_ = notice.round
    queue.ask("判定", by=None, round=round_.pk)
    run(queue.take())
    writer.post(at(notice, "advance"), {"act": "送审"})
    assert fresh(notice).state == "起草"
    assert "请重新生成文书" in writer.get(at(notice, "edit")).content.decode()


def test_drafts_are_for_the_office_and_slips_for_nobody_else(notice, writer, as_role, people):
    names = made(notice, writer)
    contact, strange = as_role(Role.CONTACT), stranger(Role.REVIEWER)
    assert contact.get(at(notice, "edit")).status_code == 404
    assert contact.get(reverse("bulletins-paper", args=[names["通报.docx"]])).status_code == 404
    Notice.objects.update(state="已印发")
    assert contact.get(at(notice, "edit")).status_code == 200
    assert contact.get(reverse("bulletins-paper", args=[names["通报.docx"]])).status_code == 200
    assert contact.get(reverse("bulletins-paper", args=[names["整改通知.zip"]])).status_code == 404
    assert "整改通知.zip" not in contact.get(at(notice, "edit")).content.decode()
    contact.force_login(strange, backend="django.contrib.auth.backends.ModelBackend")
    for name in ("edit", "texts", "problems", "versions", "preview", "text"):
        assert contact.get(at(notice, name)).status_code == 404, name


def test_a_notice_of_one_county_does_not_tell_of_another(round_, people, as_role):
    as_role(Role.REVIEWER).post(reverse("bulletins-new"), {"round": round_.pk})
    text = "\n".join(papers.compose_notice(Notice.objects.get()).texts())
    assert SCHOOL in text
    assert STRANGER_OFFICE not in text
    assert "远江" not in text


def test_versions_keep_what_was_asked(notice, writer):
    form = {**notice.asked, "style": "通用", "issuer": "云岭县政务公开办", "number": "云政公开〔2024〕9号"}
    writer.post(at(notice, "edit"), form)
    kept = fresh(notice)
    assert (kept.version, kept.asked["number"]) == (2, "云政公开〔2024〕9号")
    versions = list(kept.versions.values_list("version", "what"))
    assert versions == [(2, "修改设置"), (1, "起草")]
    assert json.dumps(kept.versions.get(version=1).asked) == json.dumps(notice.asked)
