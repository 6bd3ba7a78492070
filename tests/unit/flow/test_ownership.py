"""A wrong name in a notice is the worst error: whose finding is decided in a fixed order and says by what."""

from __future__ import annotations

from dataclasses import replace

import pytest

from duwang.flow.ownership import Ownership
from duwang.model.registry import Account, Column, Letter, Org, Registry, Site

_COLUMN = Column("5399210001", "通知公告", "http://x/tzgg/", org="县水务局")
_REGISTRY = Registry(
    orgs=(
        Org("云岭县人民政府办公室", "县政府办"),
        Org("云岭县水务局", "县水务局"),
        Org("云岭县青山镇人民政府", "镇政府"),
        Org("云岭县绿水镇人民政府", "镇政府"),
    ),
    sites=(Site("5399210001", "云岭县人民政府门户网站", "http://x/", owner="县政府办"),),
    columns=(_COLUMN,),
    accounts=(Account("70001", "微博", "云岭发布", owner="云岭县人民政府办公室"),),
)
_PAGE = "site/5399210001/page/0123456789"


@pytest.mark.parametrize(
    ("printed", "column", "expected"),
    [
        (("云岭县水务局",), "", ("云岭县水务局", "printed")),
        (("县水务局",), "", ("云岭县水务局", "printed")),
        (("县水务局 张三",), "", ("云岭县水务局", "printed")),
        (("新华社", "县水务局"), "", ("云岭县水务局", "printed")),
        (("新华社",), _COLUMN.ref, ("云岭县水务局", "column")),
        (("水务局",), "", ("云岭县人民政府办公室", "site")),
        ((), "", ("云岭县人民政府办公室", "site")),
        (("镇政府",), _COLUMN.ref, ("云岭县水务局", "ambiguous")),
        (("县水务局、县政府办",), "", ("云岭县人民政府办公室", "ambiguous")),
    ],
)
def test_printed_then_column_then_site(printed: tuple[str, ...], column: str, expected: tuple[str, str]) -> None:
    assert Ownership.of(_REGISTRY).of_page(_PAGE, printed=printed, column=column) == expected


def test_columns_sites_and_accounts_answer_for_themselves() -> None:
    ownership = Ownership.of(_REGISTRY)
    assert ownership.of_target(_COLUMN.ref) == ("云岭县水务局", "column")
    assert ownership.of_target("site/5399210001") == ("云岭县人民政府办公室", "site")
    assert ownership.of_target("account/微博/70001") == ("云岭县人民政府办公室", "account")


def test_a_letter_is_answered_by_the_unit_it_names_or_by_whoever_runs_the_site_it_names() -> None:
    letters = (
        Letter("S1", "依申请公开", target="org/云岭县水务局"),
        Letter("W1", "网民留言", target="site/5399210001"),
    )
    ownership = Ownership.of(replace(_REGISTRY, letters=letters))
    assert ownership.of_target("letter/S1") == ("云岭县水务局", "site")
    assert ownership.of_target("letter/W1") == ("云岭县人民政府办公室", "site")
