"""Every re-check says why: mended, not mended, withdrawn, unreachable, moved, again elsewhere, cannot tell."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from duwang.cases.recheck import Reason
from duwang.checks.check import all_checks
from duwang.flow.rechecking import _NO_RECORD, _compared, _SecondLook
from duwang.flow.wordlists import Wordlists
from duwang.judge.edition import load_edition
from duwang.model.capturing import Capture, Failure
from duwang.model.findings import Finding, Outcome, Severity, Status
from duwang.model.registry import Registry

URL, OTHER = "http://127.0.0.1/a.html", "http://127.0.0.1/b.html"
SITE = "site/5399210001"
CHECK = all_checks()["privacy/id-number"]
NUMBER = "539900199001011230"


def number() -> str:
    """An invented number with its check digit."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    stem = NUMBER[:17]
    return stem + "10X98765432"[sum(int(d) * w for d, w in zip(stem, weights, strict=True)) % 11]


def html(text: str) -> str:
    return f"<html><body><h1>公示</h1><div class=con><p>{text}</p><p>{'各单位要认真做好有关工作。' * 9}</p></div></body></html>"


def capture(text: str = "", *, status: int | None = 200, final: str = URL) -> Capture:
    failure = None if status is not None else Failure.TIMEOUT
    return Capture(
        URL, final, status, (("content-type", "text/html; charset=utf-8"),), html(text).encode(), failure, "连接超时" if failure else "",
        datetime.now(UTC), 1,
    )  # fmt: skip


def finding(look: _SecondLook) -> Finding:
    """The finding as the inspection had made it on the page with the number in it."""
    document = look._document(capture(f"甲某 {number()} 已登记"), URL, _bare({}, ""), None)
    draft, *_ = CHECK.look(document, as_of=look.as_of, settings={})
    return _bare({"context": draft.context}, draft.quote)


def _bare(facts: dict[str, str], quote: str) -> Finding:
    return Finding(
        "f", CHECK.id, f"{SITE}/page/a", URL, "公示", quote, None, None, None, "", "q", "", "", Severity.SERIOUS, 0.9, 1,
        date(2024, 7, 1), facts, (),
    )  # fmt: skip


@pytest.fixture
def look() -> _SecondLook:
    return _SecondLook(Registry(), load_edition(), date(2024, 9, 30), 0, True, "", Wordlists())


@pytest.mark.parametrize(
    ("seen", "status", "reason"),
    [
        (capture(f"甲某 {number()} 已登记"), Status.FOUND, Reason.NOT_RECTIFIED),
        (capture("甲某 5399********1230 已登记"), Status.CLEAN, Reason.RECTIFIED),
        (capture(f"名单附后：乙村乙组的户主是甲某，号码{number()}，请核对"), Status.FOUND, Reason.ELSEWHERE),
        (capture(status=404), Status.CLEAN, Reason.WITHDRAWN),
        (capture(status=410), Status.CLEAN, Reason.WITHDRAWN),
        (capture(status=500), Status.UNKNOWN, Reason.UNREACHABLE),
        (capture(status=None), Status.UNKNOWN, Reason.UNREACHABLE),
        (capture(f"甲某 {number()} 已登记", final=OTHER), Status.FOUND, Reason.MOVED),
        (capture("首页", final="http://127.0.0.1/"), Status.UNKNOWN, Reason.MOVED),
    ],
)
def test_a_page_again(look: _SecondLook, seen: Capture, status: Status, reason: Reason) -> None:
    told = look._page(CHECK, finding(look), {URL: seen}, {})
    assert (told.status, told.reason) == (status, reason), told.why


@pytest.mark.parametrize(
    ("outcome", "found", "reason"),
    [
        (None, set(), Reason.MOVED),
        (Status.CLEAN, set(), Reason.RECTIFIED),
        (Status.FOUND, {"f"}, Reason.NOT_RECTIFIED),
        (Status.FOUND, {"g"}, Reason.NOT_RECTIFIED),
        (Status.UNKNOWN, set(), Reason.CANNOT_TELL),
        (Status.SKIPPED, set(), Reason.CANNOT_TELL),
    ],
)
def test_a_site_or_column_again(outcome: Status | None, found: set[str], reason: Reason) -> None:
    one = _bare({}, "通知公告")
    told = {(one.target, one.check): Outcome(one.target, one.check, outcome)} if outcome else {}
    assert _compared(one, found, told).reason is reason


def test_a_case_without_record_is_left_to_people() -> None:
    assert (_NO_RECORD.status, _NO_RECORD.reason) == (Status.UNKNOWN, Reason.CANNOT_TELL)
