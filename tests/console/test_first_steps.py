"""Where there is nothing to see yet, the page says what comes next and who has to do it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from console.scene import import_ledger
from duwang.console.people.roles import Role

pytestmark = pytest.mark.django_db
EMPTY = ("overview", "findings", "verdicts", "statistics", "rounds", "bulletins")


@pytest.mark.parametrize("name", EMPTY)
def test_an_empty_console_begins_with_the_ledger(data, as_role, name):
    page = as_role(Role.INSPECTOR).get(reverse(name)).content.decode()
    assert reverse("ledger-import") in page
    assert reverse("ledger-template") in page
    told = as_role(Role.APPROVER).get(reverse(name)).content.decode()
    assert "请有这项权限的同事来做" in told
    assert reverse("ledger-import") not in told


@pytest.mark.parametrize("name", EMPTY)
def test_with_a_ledger_the_round_comes_next(data, as_role, name):
    import_ledger(data)
    page = as_role(Role.INSPECTOR).get(reverse(name)).content.decode()
    assert reverse("rounds-new") in page
    assert "已做" in page
