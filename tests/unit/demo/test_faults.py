"""Faults are data: each has its place, each check is hit twice, and near misses stand beside them."""

from __future__ import annotations

from collections import Counter

from duwang.demo.county import county
from duwang.demo.key import key
from duwang.demo.plants import expectations, plants, template_faults

_PORT = 18650


def _entries() -> Counter[str]:
    found: Counter[str] = Counter()
    for round_ in (1, 2):
        found.update(entry.check for entry in key(round_, _PORT) if not entry.near)
    return found


def test_every_fault_names_a_place_that_exists() -> None:
    for plant in plants():
        if plant.where.startswith("账号/"):
            assert county().voice(plant.where.removeprefix("账号/"))
        else:
            assert county().shelf(plant.where)
    assert all(county().place(fault.site) for fault in template_faults())


def test_every_check_in_the_key_is_hit_at_least_twice() -> None:
    few = {check: count for check, count in _entries().items() if count < 2}
    assert few == {}


def test_near_misses_say_why_they_must_stay_silent() -> None:
    assert all(plant.why for plant in plants() if plant.near)
    assert all(row.why for row in expectations() if row.near)


def test_every_check_has_a_near_miss_beside_its_faults() -> None:
    near = {entry.check for round_ in (1, 2) for entry in key(round_, _PORT) if entry.near}
    assert set(_entries()) - near == set()


def test_the_answer_key_does_not_depend_on_where_the_county_is_served_but_for_addresses() -> None:
    def shape(port: int) -> list[tuple[str, str, bool]]:
        return [(entry.id, entry.check, entry.near) for entry in key(1, port)]

    assert shape(18650) == shape(18670)
