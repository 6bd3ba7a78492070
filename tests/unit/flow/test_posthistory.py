"""A post that an earlier reading was without is known as such; an account that was not read teaches nothing."""

from __future__ import annotations

from datetime import date

from duwang.flow.posthistory import AccountPast, after, dated
from duwang.model.material import AccountView, Document
from duwang.model.registry import Account

_ACCOUNT = Account("70001", "微博", "云岭发布")
_BEFORE = AccountPast(_ACCOUNT.ref, date(2026, 6, 30), {"a": date(2026, 3, 31)})


def _view(*refs: str) -> AccountView:
    return AccountView(_ACCOUNT, tuple(Document(url=ref, ref=ref) for ref in refs))


def test_known_and_new_posts_bear_their_days() -> None:
    known, new = dated(_view("a", "b"), _BEFORE).posts or ()
    assert (known.first_seen, known.absent_on) == (date(2026, 3, 31), None)
    assert (new.first_seen, new.absent_on) == (None, date(2026, 6, 30))


def test_a_first_reading_says_nothing_of_earlier_days() -> None:
    assert [post.absent_on for post in dated(_view("a"), None).posts or ()] == [None]


def test_the_history_keeps_the_first_day_and_what_an_unread_account_had() -> None:
    past = {_ACCOUNT.ref: _BEFORE}
    read = after([_view("a", "b")], past, as_of=date(2026, 9, 30))
    assert read == [AccountPast(_ACCOUNT.ref, date(2026, 9, 30), {"a": date(2026, 3, 31), "b": date(2026, 9, 30)})]
    assert after([AccountView(_ACCOUNT, None, "没有读到")], past, as_of=date(2026, 9, 30)) == [_BEFORE]
