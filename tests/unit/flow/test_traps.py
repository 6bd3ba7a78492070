"""Addresses that never end are known by their look and by what they give."""

from __future__ import annotations

from typing import Any

import pytest

from duwang.flow.traps import Yields, in_turn, plain_address, shape_of, trapped, worth_following
from duwang.flow.work import PageRow


@pytest.mark.parametrize(
    ("url", "plain"),
    [
        ("http://x/a;jsessionid=0123ABC?id=1", "http://x/a?id=1"),
        ("http://x/a.jsp?JSESSIONID=0A1&id=7", "http://x/a.jsp?id=7"),
        ("http://x/a.php?PHPSESSID=abc", "http://x/a.php"),
        ("http://x/a?sid=0123456789abcdef0123&id=1", "http://x/a?id=1"),
        ("http://x/a?id=1&_t=1710000000&rnd=0.5", "http://x/a?id=1"),
        ("http://x/a?utm_source=w&id=1#12", "http://x/a?id=1#12"),
        ("http://x/a?sid=207001", "http://x/a?sid=207001"),
        ("http://x/a?id=1", "http://x/a?id=1"),
        ("http://x/a;v=1", "http://x/a;v=1"),
        ("http://x/a.html", "http://x/a.html"),
        ("http://[x/a?sid=1", "http://[x/a?sid=1"),
    ],
)
def test_session_numbers_are_dropped(url: str, plain: str) -> None:
    assert plain_address(url) == plain


@pytest.mark.parametrize(
    ("url", "worth"),
    [
        ("http://x/list?sort=date", False),
        ("http://x/list?id=1&orderBy=title", False),
        ("http://x/a/b/a/b/a/b/c.html", False),
        ("http://x/a/a/a/", False),
        ("http://x/" + "/".join(map(str, range(20))), False),
        ("http://x/a/b/a/b/c.html", True),
        ("http://x/list?id=1&page=2", True),
        ("http://x/art/2024/3/15/art_1_2.html", True),
        ("http://x/sortlist/order.html", True),
    ],
)
def test_orders_and_mirrors_are_not_followed(url: str, worth: bool) -> None:
    assert worth_following(url) is worth


def test_shapes() -> None:
    assert shape_of("http://x/cal?year=2024&month=5") == shape_of("http://x/cal?month=6&year=1999")
    assert shape_of("http://x/t20240315_8800.html") == shape_of("http://x/t20240316_1.html")
    assert shape_of("http://x/a.html?id=1") != shape_of("http://x/b.html?id=1")


def _row(n: int, *, kind: str = "other", chars: int = 10, body: str = "", column: str = "") -> PageRow:
    result: dict[str, Any] = {"ok": True, "kind": kind, "chars": chars, "body_sha256": body or "same"}
    return PageRow("site/1", str(n), f"http://x/cal?m={n}", "article", 2, column, 1, "", "done", result)


@pytest.mark.parametrize(("read", "caught"), [(29, 0), (30, 5)])
def test_a_kind_that_gives_nothing_is_a_trap_after_thirty(read: int, caught: int) -> None:
    yields = Yields.of([_row(n) for n in range(read)])
    assert len(trapped([_row(100 + n) for n in range(5)], yields)) == caught


def test_a_kind_that_gives_articles_is_none() -> None:
    yields = Yields.of([_row(n, kind="article", chars=500, body=f"b{n}" if n < 6 else "same") for n in range(30)])
    assert trapped([_row(100)], yields) == []
    poor = Yields.of([_row(n, kind="article", chars=500, body=f"b{n}" if n < 4 else "same") for n in range(30)])
    assert trapped([_row(100)], poor) == ["100"]


def test_items_of_a_column_are_never_trapped() -> None:
    yields = Yields.of([_row(n) for n in range(60)])
    assert trapped([_row(100, column="site/1/column/a")], yields) == []


def test_columns_take_turns() -> None:
    rows = [_row(n, column="a") for n in range(5)] + [_row(10 + n, column="b") for n in range(2)]
    assert [row.key for row in in_turn(rows)] == ["0", "10", "1", "11", "2", "3", "4"]
