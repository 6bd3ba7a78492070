"""抽查: shares of the local rules, the same draw again, objects that are off never drawn."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from duwang.flow.drawing import draw_round
from duwang.flow.folder import Folder
from duwang.judge.edition import load_edition
from duwang.judge.parsing import EditionError
from duwang.model.registry import Account, Registry, Site

AS_OF = date(2024, 9, 30)


def ledger(sites: int, accounts: int) -> Registry:
    return Registry(
        sites=tuple(Site(f"53992{n:05d}", f"网站{n}", f"http://127.0.0.1/{n}/") for n in range(sites)),
        accounts=tuple(Account(f"7{n:04d}", "微博", f"账号{n}") for n in range(accounts)),
    )


@pytest.mark.parametrize(
    ("overlay", "accounts", "drawn"),
    [("甘肃", 99, 12), ("甘肃", 100, 12), ("甘肃", 101, 13), ("海南", 1000, 163), ("福建", 7, 7)],
)
def test_at_least_the_share_is_drawn(overlay: str, accounts: int, drawn: int) -> None:
    (made,) = draw_round(ledger(0, accounts), load_edition(overlays=(overlay,)), as_of=AS_OF)
    assert (made.kind, made.of, len(made.chosen)) == ("account", accounts, drawn)


def test_the_same_ledger_gives_the_same_draw_in_any_order() -> None:
    edition, known = load_edition(overlays=("辽宁",)), ledger(11, 0)
    (one,) = draw_round(known, edition, as_of=AS_OF)
    (other,) = draw_round(replace(known, sites=known.sites[::-1]), edition, as_of=AS_OF)
    assert one == other and len(one.chosen) == 6 and one.in_words() == "网站11个，按50%抽查6个"
    assert draw_round(known, edition, as_of=date(2024, 10, 31))[0].chosen != one.chosen


def test_what_is_off_is_never_drawn() -> None:
    known = ledger(2, 2)
    off = replace(
        known,
        sites=(known.sites[0], replace(known.sites[1], state="关停")),
        accounts=(known.accounts[0], replace(known.accounts[1], state="已注销")),
    )
    assert [one.of for one in draw_round(off, load_edition(), as_of=AS_OF)] == [1, 1]


@pytest.mark.parametrize(
    ("written", "wrong"),
    [
        ("rectify_days = 3", "不认识这个键"),
        ("sample_sites = 1.2", "应在0到1之间"),
        ("rectify_working_days = 0", "应在1到250之间"),
    ],
)
def test_numbers_of_practice_that_nothing_reads_are_refused(tmp_path: Path, written: str, wrong: str) -> None:
    path = tmp_path / "自己.toml"
    path.write_text(f'name = "own"\ntitle = "自己"\nkind = "overlay"\n[practice]\n{written}\n', "utf-8")
    with pytest.raises(EditionError, match=wrong):
        load_edition(overlays=(str(path),))


def test_the_record_can_be_read_back(tmp_path: Path) -> None:
    made = draw_round(ledger(3, 3), load_edition(), as_of=AS_OF)
    Folder(tmp_path).write_json("drawn.json", made)
    assert [one["kind"] for one in Folder(tmp_path).read_json("drawn.json")] == ["site", "account"]
