"""A re-check reads with the office's own lists: what only they strike is still found, what they let pass is no fault any more."""

from __future__ import annotations

from datetime import UTC, date, datetime

from duwang.cases.recheck import Reason
from duwang.checks.check import all_checks
from duwang.flow.rechecking import _SecondLook
from duwang.flow.wordlists import Wordlists
from duwang.judge.edition import load_edition
from duwang.model.capturing import Capture
from duwang.model.findings import Finding, Severity, Status
from duwang.model.registry import Registry

URL = "http://127.0.0.1/a.html"
PAGE = (
    "<html><body><h1>通知</h1><div><p>请到仿真县为民服务大厅办理。"
    + "各单位要认真做好有关工作。" * 8
    + "</p></div></body></html>"
)
HEADINGS = "wrong\tright\tkind\tseverity\tsource\tsource_date\tvalid_from\tvalid_to\tscope\tcontext\tnote\n"


def answer(tmp_path, *, word: bool, white: bool, context: str = ""):
    if word:
        row = "为民服务大厅\t政务服务大厅\t机构名\t一般\t仿真县政务公开办\t\t\t\t\t\t\n"
        (tmp_path / "本县.tsv").write_text(HEADINGS + row, encoding="utf-8")
    if white:
        (tmp_path / "白名单.tsv").write_text(
            "词语\t检查项\t范围\t理由\t到期\n为民服务大厅\t\t\t本县牌子\t2030-12-31\n", encoding="utf-8"
        )
    check = all_checks()["text/organisation-name"]
    look = _SecondLook(Registry(), load_edition("national-2019"), date(2024, 9, 30), 0, True, "", Wordlists(tmp_path))
    seen = Capture(
        URL, URL, 200, (("content-type", "text/html; charset=utf-8"),), PAGE.encode(), None, "", datetime.now(UTC), 1
    )
    finding = Finding(
        "f", check.id, "site/4100000001/page/a", URL, "通知", "为民服务大厅", None, None, "政务服务大厅", "", "q", "", "",
        Severity.ORDINARY, 0.9, 1, date(2024, 7, 1), {"context": context}, (),
    )  # fmt: skip
    return look._page(check, finding, {URL: seen}, {})


def test_own_word_lists_are_used(tmp_path):
    told = answer(tmp_path, word=True, white=False)  # the surroundings are other ones
    assert (told.status, told.reason) == (Status.FOUND, Reason.ELSEWHERE)


def test_without_the_lists_the_word_is_unknown(tmp_path):
    assert answer(tmp_path, word=False, white=False).why == "重新检查未再发现"


def test_what_the_white_list_lets_pass_is_no_fault(tmp_path):
    assert answer(tmp_path, word=True, white=True).why == "重新检查未再发现"
