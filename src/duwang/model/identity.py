"""The structure of a resident's identity number (GB 11643): province, birthday, check character. Old numbers have 15 digits."""

from __future__ import annotations

from datetime import date

PROVINCES = frozenset(
    [
        "11",
        "12",
        "13",
        "14",
        "15",
        "21",
        "22",
        "23",
        "31",
        "32",
        "33",
        "34",
        "35",
        "36",
        "37",
        "41",
        "42",
        "43",
        "44",
        "45",
        "46",
        "50",
        "51",
        "52",
        "53",
        "54",
        "61",
        "62",
        "63",
        "64",
        "65",
        "71",
        "81",
        "82",
    ]
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_FIRST_YEAR = 1880


def is_identity(number: str, as_of: date) -> bool:
    """Whether 18 or 15 characters (half width) can be an identity number: real province, birthday not after `as_of`, check character."""
    if number[:2] not in PROVINCES:
        return False
    born = number[6:14] if len(number) == 18 else "19" + number[6:12]
    try:
        day = date(int(born[:4]), int(born[4:6]), int(born[6:]))
    except ValueError:
        return False
    if day.year < _FIRST_YEAR or day > as_of:
        return False
    return len(number) == 15 or check_character(number) == number[17].upper()


def check_character(number: str) -> str:
    """The 18th character that follows from the first 17 digits."""
    return "10X98765432"[sum(w * int(d) for w, d in zip(_WEIGHTS, number, strict=False)) % 11]


def passes_luhn(number: str) -> bool:
    """Whether the last digit of a bank card's number fits (ISO/IEC 7812)."""
    total = 0
    for place, digit in enumerate(reversed(number)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
