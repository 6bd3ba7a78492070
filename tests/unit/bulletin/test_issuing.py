"""Which office a notice is issued by, when the ledger names several: a wrong name on a notice is the worst error."""

from __future__ import annotations

import pytest

from duwang.bulletin.issuing import NO_ISSUER, area_of, issuer_of, place_of, superiors
from duwang.flow.publications import ours
from duwang.model.registry import Account, Org, Registry, Site

CITY, COUNTY = "澜屏市人民政府", "云岭县人民政府"
UNITS = (
    Org(CITY, "市政府"), Org(f"{CITY}办公室", "市政府办", CITY), Org(COUNTY, "县政府", CITY), Org(f"{COUNTY}办公室", "县政府办", COUNTY),
    Org("云岭县教育局", "县教育局", COUNTY), Org("青石镇人民政府", "青石镇", COUNTY),
)  # fmt: skip


def ledger(*owners: tuple[str, str], orgs: tuple[Org, ...] = UNITS) -> Registry:
    sites = tuple(
        Site(f"{n:010d}", f"网站{n}", "http://127.0.0.1/", owner=o, supervisor=s) for n, (o, s) in enumerate(owners)
    )
    return Registry(orgs=orgs, sites=sites)


COUNTYS = ledger(
    (f"{COUNTY}办公室", f"{CITY}办公室"), ("云岭县教育局", f"{COUNTY}办公室"), ("青石镇人民政府", "县政府办")
)


def test_the_office_that_answers_for_most_issues_the_notice() -> None:
    assert (issuer_of(COUNTYS), place_of(COUNTYS), area_of(COUNTYS)) == (f"{COUNTY}办公室", "云岭县", "全县")
    citys = ledger((f"{CITY}办公室", f"{CITY}办公室"), (f"{COUNTY}办公室", f"{CITY}办公室"))
    assert (issuer_of(citys), area_of(citys)) == (f"{CITY}办公室", "全市")


def test_of_offices_that_answer_for_equally_much_the_lower_one() -> None:
    assert issuer_of(Registry(orgs=UNITS)) == f"{COUNTY}办公室"


@pytest.mark.parametrize(
    ("orgs", "issuer"),
    [((Org(COUNTY),), f"{COUNTY}办公室"), ((Org("云岭省人民政府"),), "云岭省人民政府办公厅"), ((), NO_ISSUER), ((Org("云岭县教育局"),), NO_ISSUER),
     ((Org(COUNTY), Org("清溪县人民政府")), NO_ISSUER)],
)  # fmt: skip
def test_without_an_office_the_only_government_or_nobody(orgs: tuple[Org, ...], issuer: str) -> None:
    assert issuer_of(Registry(orgs=orgs)) == issuer


def test_superiors_by_full_or_short_name_and_never_in_a_circle() -> None:
    assert superiors(COUNTYS, "县教育局") == (COUNTY, CITY)
    circle = Registry(orgs=(Org("甲局", parent="乙局"), Org("乙局", parent="甲局")))
    assert superiors(circle, "甲局") == ("乙局",)


def test_what_the_superior_city_publishes_is_a_repost() -> None:
    names = ours(Registry(orgs=UNITS, sites=COUNTYS.sites, accounts=(Account("1", "微博", "云岭发布"),)))
    assert {"云岭县教育局", "县教育局", "青石镇", "云岭"} <= set(names)
    assert not {CITY, f"{CITY}办公室", "市政府"} & set(names)
