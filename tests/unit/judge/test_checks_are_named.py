"""Checks and editions know of each other: no edition names a check that is not there, no check is left without a place."""

import pytest
from judging_kit import NATIONAL

from duwang.checks.check import all_checks
from duwang.judge.edition import load_edition, shipped

PROMISED = {"text/leader-fault"}  # published id; its word list is kept by the office itself
OVERLAYS = sorted(shipped("overlay"))


def named(edition):
    for indicator in edition.indicators:
        for item in (indicator, *indicator.items):
            for check in item.checks:
                yield item.code, check


@pytest.mark.parametrize("check", sorted(all_checks()))
def test_every_check_has_a_place_in_the_national_edition(check):
    assert any(one.watches(check) or any(item.watches(check) for item in one.items) for one in NATIONAL.indicators), (
        f"{check}在national-2019里没有位置"
    )


@pytest.mark.parametrize("overlay", ["", *OVERLAYS])
def test_no_indicator_names_a_check_that_is_not_there(overlay):
    there = set(all_checks())
    families = {check.partition("/")[0] for check in there}
    for code, check in named(load_edition(overlays=[overlay] if overlay else [])):
        family, _, noun = check.partition("/")
        assert (noun == "*" and family in families) or check in there | PROMISED, f"{code}指的检查项{check}不存在"


@pytest.mark.parametrize("overlay", ["", *OVERLAYS])
def test_settings_of_an_edition_are_parameters_of_the_check(overlay):
    for check, settings in load_edition(overlays=[overlay] if overlay else []).settings.items():
        assert set(settings) <= set(all_checks()[check].settings), check
