"""Where contents lie: found again however many there are, nothing else is."""

from __future__ import annotations

from hashlib import sha256

import pytest

from duwang.capture.shelving import Places


def _name(n: int) -> str:
    return sha256(str(n).encode()).hexdigest()


def test_every_content_is_found_and_no_other() -> None:
    places = Places(
        {"sha256": _name(n), "offset": n << 33, "length": n + 1, "revisit": n % 7 == 0} for n in range(3000)
    )
    for n in range(3000):
        assert places.get(_name(n)) == (None if n % 7 == 0 else (n << 33, n + 1))
    assert _name(5000) not in places
    with pytest.raises(KeyError):
        places[_name(7)]


def test_contents_that_fall_into_one_slot_stay_apart() -> None:
    places, alike = Places(), [f"{n:08x}" + "0" * 8 + f"{n:016x}" + "0" * 32 for n in range(1, 40)]
    for n, name in enumerate(alike):
        places.add(name, n, 1)
    assert [places[name] for name in alike] == [(n, 1) for n in range(39)] and "f" * 64 not in places
    places.add(alike[3], 99, 2)
    assert places[alike[3]] == (99, 2)
