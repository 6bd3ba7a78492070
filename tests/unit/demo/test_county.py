"""The demo county is big enough, really different in style, and stores no personal number."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

import pytest

from duwang.demo import county as data
from duwang.demo.accounts import ROUTES
from duwang.demo.articles import all_articles
from duwang.demo.county import HERE, county
from duwang.demo.ledger import write_ledger
from duwang.demo.world import world
from duwang.flow.registry import check, load
from duwang.model.period import Period

_PORT = 18650
_LONG_NUMBER = re.compile(r"(?<![0-9])[1-9][0-9]{16}[0-9Xx](?![0-9])")
_MOBILE = re.compile(r"(?<![0-9])1[3-9][0-9]{9}(?![0-9])")


def test_the_county_has_the_promised_size() -> None:
    places = [place for place in county().places if place.state == "正常"]
    assert len({place.style for place in places}) >= 6
    assert len(all_articles()) >= 400
    assert len(county().units) >= 12
    assert len(county().voices) >= 20
    assert len({voice.platform for voice in county().voices}) >= 5
    assert {ROUTES[voice.via] for voice in county().voices} >= {"订阅", "单位自报", "网页保存", "截图", "人工", "接口"}


def test_titles_are_the_only_ones_of_their_site_but_for_planted_repeats() -> None:
    repeated = Counter((article.site, article.title) for article in all_articles())
    planted = {(article.site, article.title) for article in all_articles() if article.copy}
    assert {key for key, count in repeated.items() if count > 1} == planted


def test_no_personal_number_is_stored() -> None:
    texts = [path.read_text("utf-8") for path in HERE.rglob("*") if path.suffix in (".toml", ".py")]
    assert not [found for text in texts for found in _MOBILE.findall(text)]
    filings = {voice.filing for voice in county().voices}
    assert not [found for text in texts for found in _LONG_NUMBER.findall(text) if found not in filings]


@pytest.mark.parametrize("round_", [1, 2])
def test_a_round_is_the_same_whenever_it_is_made(round_: int) -> None:
    assert world(round_, _PORT) == world(round_, _PORT)


@pytest.mark.parametrize("round_", data.ROUNDS)
def test_the_ledger_is_one_that_a_clerk_could_hand_in(tmp_path_factory: pytest.TempPathFactory, round_: int) -> None:
    folder = write_ledger(tmp_path_factory.mktemp("ledger"), round_, _PORT)
    assert check(str(folder)).problems == ()
    registry = load(str(folder))
    assert {column.site_code for column in registry.columns} <= {site.code for site in registry.sites}


@pytest.mark.parametrize(
    ("shelf", "limit", "round_", "stale"),
    [
        ("教体/校园动态", "14天", 1, True),
        ("教体/教研动态", "14天", 1, False),
        ("教体/通知公告", "6个月", 1, True),
        ("教体/公示公告", "6个月", 2, False),
        ("农业/发展规划", "1年", 1, True),
        ("农业/人事任免", "1年", 1, False),
    ],
)
def test_the_dates_stand_exactly_on_either_side_of_the_limit(shelf: str, limit: str, round_: int, stale: bool) -> None:
    days = [article.on for article in all_articles() if article.shelf == shelf and article.on <= data.AS_OF[round_]]
    assert Period.parse(limit).passed(since=max(days), at=data.AS_OF[round_]) is stale


def test_columns_fail_at_the_line_and_stay_one_below_it_in_the_next_round() -> None:
    def stale(site: str, limit: str, kinds: set[str], round_: int) -> int:
        newest: dict[str, date] = {}
        for article in all_articles():
            if article.on <= data.AS_OF[round_]:
                newest[article.shelf] = max(newest.get(article.shelf, date.min), article.on)
        shelves = [shelf for shelf in county().shelves_of(site) if shelf.category in kinds]
        period = Period.parse(limit)
        return sum(period.passed(since=newest[s.key], at=data.AS_OF[round_]) for s in shelves if s.key in newest)

    yearly = {"规划计划", "人事", "数据", "其他", "重点领域"}
    assert [stale("农业", "1年", yearly, round_) for round_ in (1, 2)] == [10, 9]
    blank = [
        sum(
            not any(a.shelf == s.key and a.on <= data.AS_OF[r] for a in all_articles())
            for s in county().shelves_of("开发区", r)
            if s.kind == "news"
        )
        for r in (1, 2)
    ]
    assert blank == [5, 4]
