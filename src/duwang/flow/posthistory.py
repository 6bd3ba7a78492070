"""Every post's own clock: when an account's post was first seen, and whether an earlier reading of the account was without it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from duwang.flow.folder import Folder
from duwang.flow.records import from_plain
from duwang.model.material import AccountView

HISTORY = "post-history.jsonl"


@dataclass(frozen=True, slots=True)
class AccountPast:
    """One line of post-history.jsonl: the day of the last inspection that read the account, and post ref → day first seen."""

    account: str
    read_on: date
    first_seen: Mapping[str, date]


def past_posts(previous: Folder | None) -> dict[str, AccountPast]:
    """What the last round knew, by account."""
    lines = previous.read_lines(HISTORY) if previous is not None else ()
    return {past.account: past for past in (from_plain(line, AccountPast) for line in lines)}


def dated(view: AccountView, past: AccountPast | None) -> AccountView:
    """The posts with the day they were first seen; one that an earlier reading was without bears that day as `absent_on`."""
    if view.posts is None or past is None:
        return view
    posts = [
        replace(post, first_seen=seen)
        if (seen := past.first_seen.get(post.ref))
        else replace(post, absent_on=past.read_on)
        for post in view.posts
    ]
    return replace(view, posts=tuple(posts))


def after(views: Iterable[AccountView], past: Mapping[str, AccountPast], *, as_of: date) -> list[AccountPast]:
    """The history after this round, by account: one that was not read this time keeps what was known of it."""
    known = dict(past)
    for view in views:
        if view.posts is not None:
            before = known[view.ref].first_seen if view.ref in known else {}
            seen = {post.ref: before.get(post.ref, as_of) for post in view.posts}
            known[view.ref] = AccountPast(view.ref, as_of, dict(sorted({**before, **seen}.items())))
    return [known[account] for account in sorted(known)]
