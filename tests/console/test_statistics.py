"""The statistics of a round: everybody sees their units only, figures are those of the verdicts, the workbook holds the same."""

from __future__ import annotations

import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from console.scene import OFFICE, SCHOOL, STRANGER_OFFICE, build_round, findings, stranger
from duwang.console.people.models import Person
from duwang.console.people.roles import Role
from duwang.console.records.models import Round
from kit.judged_folder import AS_OF

pytestmark = pytest.mark.django_db


def page(client) -> str:
    return client.get(reverse("statistics")).content.decode()


def units(client) -> set[str]:
    book = load_workbook(io.BytesIO(client.get(reverse("statistics-export")).content))
    return {row[1] for row in book["各单位情况"].iter_rows(min_row=3, values_only=True)}


def test_who_sees_all_sees_every_unit_and_others_their_own(round_, people, as_role):
    Person.objects.filter(role=Role.REVIEWER).update(sees_all=True)
    everything = page(as_role(Role.REVIEWER))
    for name in (OFFICE, SCHOOL, STRANGER_OFFICE, "合格率（按区域）", "问题种类", "各单位情况"):
        assert name in everything, name
    county = page(as_role(Role.INSPECTOR))
    assert SCHOOL in county
    assert STRANGER_OFFICE not in county
    assert SCHOOL in page(as_role(Role.CONTACT))
    assert OFFICE not in units(as_role(Role.CONTACT))
    client = as_role(Role.CONTACT)
    client.force_login(stranger(Role.READER), backend="django.contrib.auth.backends.ModelBackend")
    assert SCHOOL not in page(client)


def test_the_page_holds_charts_without_styles_and_the_last_round_beside_this_one(round_, data, people, as_role):
    Person.objects.filter(role=Role.READER).update(sees_all=True)
    later = build_round(
        data, "2024年第四季度检查", as_of=AS_OF.replace(month=12, day=31), previous=round_, found=findings()[5:]
    )
    Round.objects.filter(pk=later.pk).update(period="2024Q4")
    text = page(as_role(Role.READER))
    assert "<svg" in text
    assert " style=" not in text
    assert "各期情况" in text
    assert "2024Q3" in text


def test_the_workbook_has_the_tables_of_the_page_as_numbers(round_, people, as_role):
    client = as_role(Role.INSPECTOR)
    book = load_workbook(io.BytesIO(client.get(reverse("statistics-export")).content))
    assert {"问题种类", "各单位情况"} <= set(book.sheetnames)
    heads = [cell.value for cell in book["各单位情况"][2]]
    assert heads[:4] == ["名次", "单位", "网站和账号", "不合格"]
    assert isinstance(book["各单位情况"].cell(3, 3).value, int)
    assert STRANGER_OFFICE not in units(client)
