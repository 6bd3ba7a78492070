"""名录 on screen: a wrong line is refused with its place, a right one is kept with its history, nobody writes for other units."""

from __future__ import annotations

import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from console.scene import OFFICE, SCHOOL, STRANGER_OFFICE
from duwang.console.people.models import Person
from duwang.console.people.roles import Role
from duwang.console.records import ledger
from duwang.console.records.models import LedgerChange, LedgerRow

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(round_, people, as_role):
    Person.objects.filter(role=Role.INSPECTOR).update(sees_all=True)
    return as_role(Role.INSPECTOR)


def row(sheet: str, name: str) -> LedgerRow:
    return LedgerRow.objects.get(sheet=sheet, name=name)


def form(of: LedgerRow, **changed: str) -> dict[str, str]:
    return {**of.cells, **changed}


def test_a_line_is_changed_in_place_and_keeps_its_history(clerk):
    site = row("网站", "云岭县人民政府网")
    answer = clerk.post(
        reverse("ledger-edit", args=[site.pk]), form(site, 名称="云岭县人民政府门户网站", 状态="例行维护")
    )
    assert answer.status_code == 302
    site.refresh_from_db()
    assert (site.name, site.state, site.key) == ("云岭县人民政府门户网站", "例行维护", "site/5399210001")
    page = clerk.get(reverse("ledger-row", args=[site.pk])).content.decode()
    assert "<del>云岭县人民政府网</del>" in page
    assert "页面修改" in page
    assert LedgerChange.objects.filter(row=site).count() == 2


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"首页网址": "云岭县网"}, "首页网址"),
        ({"网站标识码": "53992100"}, "网站标识码"),
        ({"名称": ""}, "名称"),
        ({"网站标识码": "5399330001"}, "重复"),
        ({"状态": "坏了"}, "状态"),
    ],
)
def test_a_wrong_line_is_refused_with_its_place_and_what_was_typed_stays(clerk, changed, said):
    site = row("网站", "云岭县人民政府网")
    before = dict(site.cells)
    answer = clerk.post(reverse("ledger-edit", args=[site.pk]), form(site, **changed))
    assert answer.status_code == 422
    text = answer.content.decode()
    assert said in text.partition("<form")[0] + text.partition('class="notice error"')[2].partition("</p>")[0]
    site.refresh_from_db()
    assert site.cells == before


def test_a_new_line_comes_last_and_a_removed_one_comes_back(clerk):
    account = {
        "备案单号": "70010",
        "平台": "微博",
        "名称": "云岭教育",
        "主办单位": SCHOOL,
        "主管单位": OFFICE,
        "采集方式": "人工",
        "采集地址": "走查.csv",
    }
    assert clerk.post(reverse("ledger-new") + "?sheet=新媒体", account).status_code == 302
    made = row("新媒体", "云岭教育")
    assert made.key == "account/微博/70010"
    assert clerk.post(reverse("ledger-new") + "?sheet=新媒体", account).status_code == 422, "同一个账号又新增了一次"
    assert clerk.post(reverse("ledger-remove", args=[made.pk])).status_code == 302
    made.refresh_from_db()
    assert made.removed
    clerk.post(reverse("ledger-new") + "?sheet=新媒体", account)
    made.refresh_from_db()
    assert not made.removed
    first = made.changes.order_by("id").first()
    assert (first.before, first.source) == (None, "页面新增")


def test_a_unit_shows_its_people_and_what_it_runs(clerk, people):
    page = clerk.get(reverse("ledger-row", args=[row("单位", SCHOOL).pk])).content.decode()
    assert str(people[Role.CONTACT]) in page
    assert "云岭发布" in page


def test_nobody_writes_for_units_they_do_not_answer_for(round_, people, as_role):
    county = as_role(Role.INSPECTOR)
    strange = LedgerRow.objects.get(sheet="网站", org=STRANGER_OFFICE)
    assert county.get(reverse("ledger-edit", args=[strange.pk])).status_code == 404
    assert county.post(reverse("ledger-remove", args=[strange.pk])).status_code == 404
    site = row("网站", "云岭县人民政府网")
    assert county.post(reverse("ledger-edit", args=[site.pk]), form(site, 主办单位=STRANGER_OFFICE)).status_code == 422
    assert as_role(Role.REVIEWER).post(reverse("ledger-edit", args=[site.pk]), form(site)).status_code == 403


def test_the_preview_and_the_error_workbook(clerk, data):
    from dataclasses import replace

    from django.core.files.uploadedfile import SimpleUploadedFile

    from console.scene import two_towns
    from duwang.flow.registry.exporting import export

    known = two_towns()
    export(
        replace(known, accounts=(replace(known.accounts[0], platform="", name="=cmd|' /C calc'!A0"),)),
        data / "wrong.xlsx",
    )
    file = SimpleUploadedFile("名录.xlsx", (data / "wrong.xlsx").read_bytes())
    answer = clerk.post(reverse("ledger-import"), {"file": file})
    address = answer["Location"]
    page = clerk.get(address).content.decode()
    assert "第2行" in page
    assert "确认导入" not in page
    sheet = load_workbook(io.BytesIO(clerk.get(address + "/errors").content)).active
    found = [cell for line in sheet.iter_rows(min_row=2) for cell in line]
    assert any("平台" in str(cell.value) for cell in found)
    assert all(cell.data_type != "f" for cell in found)
    before = LedgerRow.objects.filter(removed=False).count()
    clerk.post(address)
    assert LedgerRow.objects.filter(removed=False).count() == before
    assert clerk.get(reverse("ledger-confirm", args=["../../etc/passwd"[:24].replace("/", "a")])).status_code == 404


def test_trying_a_line_saves_nothing(clerk):
    site = row("网站", "云岭县人民政府网")
    trial = ledger.try_row(site, {**site.cells, "名称": "别的名字"})
    assert trial.line is not None and trial.line.name == "别的名字"
    assert row("网站", "云岭县人民政府网").pk == site.pk
