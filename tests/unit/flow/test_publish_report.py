"""index.html: one page that asks nothing of anybody and says what the records say; publish loses nothing when one document fails."""

from __future__ import annotations

import json
import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from duwang.flow import publishing
from duwang.flow.folder import Folder
from duwang.flow.publishing import REPORT, REVIEWS, publish
from duwang.model.findings import Outcome, Severity, Status
from duwang.model.registry import Account
from kit.judged_folder import AS_OF, PORTAL, SCHOOL, WEIXIN, finding, judged_folder, registry

STALE = finding("update/account-stale", WEIXIN, message="“云岭发布”超过14天未更新", org=SCHOOL, org_by="account", n=1)
WORDING = finding("text/typo", f"{PORTAL}/page/aa", quote="按装", suggestion="安装", message="“按装”应为“安装”", n=2,
                  facts={"context": "路灯已经…完毕，请查收"})  # fmt: skip


class Page(HTMLParser):
    """Collects tags with their attributes, and the text of each script."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self._in_script = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._in_script = tag == "script"
        if self._in_script:
            self.scripts.append("")

    def handle_endtag(self, tag: str) -> None:
        self._in_script = False

    def handle_data(self, data: str) -> None:
        if self._in_script:
            self.scripts[-1] += data


def report(path: Path, *findings: Any, **more: Any) -> tuple[str, dict[str, Any], list[str]]:
    folder = judged_folder(path, findings, **more)
    said: list[str] = []
    publish(folder, previous=None, progress=said.append)
    text = (folder.path / REPORT).read_text("utf-8")
    return text, json.loads(Page(text).scripts[0]), said


def test_the_page_asks_nothing_of_any_server(tmp_path: Path) -> None:
    text, _, _ = report(tmp_path, STALE, WORDING)
    page = Page(text)
    assert not [tag for tag, attrs in page.tags if tag in ("img", "iframe", "object", "link") or attrs.get("src")]
    policies = [attrs["content"] for tag, attrs in page.tags if tag == "meta" and "http-equiv" in attrs]
    assert policies == ["default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:"]
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)
    assert style and "url(" not in style[1] and "@import" not in style[1]
    assert not re.search(r"\b(fetch|XMLHttpRequest|innerHTML|eval)\b", page.scripts[1])


def test_figures_on_the_tiles_are_those_of_the_records(tmp_path: Path) -> None:
    text, data, _ = report(tmp_path, STALE, WORDING)
    tiles = re.findall(r'class="tile[^>]*><strong>([^<]*)</strong><span>([^<]*)</span><small>([^<]*)</small>', text)
    by_name = {name: (value, under) for value, name, under in tiles}
    assert by_name["政务新媒体合格率"] == ("0.00%", "检查1：合格0 不合格1 待核0")
    assert by_name["问题"][0] == "2" and by_name["网页读取覆盖"] == ("100%", "已读20/应读20　账号1/1")
    assert {one["t"]: one["v"] for one in data["verdicts"]} == {PORTAL: "合格", WEIXIN: "不合格"}
    (hit,) = next(one["hits"] for one in data["verdicts"] if one["t"] == WEIXIN)
    assert (hit["code"], hit["f"]) == ("MV-2.1", [STALE.fingerprint])


def test_a_finding_carries_what_a_reader_needs(tmp_path: Path) -> None:
    _, data, _ = report(tmp_path, WORDING)
    (one,) = data["findings"]
    assert (one["q"], one["g"], one["x"]) == ("按装", "安装", ["路灯已经", "完毕，请查收"])
    assert data["checks"]["text/typo"][0] and data["targets"][PORTAL]["n"] == "云岭县人民政府网"


def test_text_of_a_page_cannot_break_out_of_the_data(tmp_path: Path) -> None:
    evil = finding("text/typo", quote="</script><script>alert(1)</script>", message="<!--", n=3)
    text, data, _ = report(tmp_path, evil)
    assert text.count("<script") == 2 and data["findings"][0]["q"] == "</script><script>alert(1)</script>"


def test_an_unread_account_is_open_and_says_why(tmp_path: Path) -> None:
    unread = [Outcome(WEIXIN, "update/account-stale", Status.UNKNOWN, "订阅地址读取失败：超时")]
    _, data, _ = report(tmp_path, outcomes=unread)
    verdict = next(one for one in data["verdicts"] if one["t"] == WEIXIN)
    assert verdict["v"] == "待核" and any("超时" in q["why"] for q in verdict["open"])
    assert any(one[0] == "MV-3.1" for one in verdict["not_examined"])


def test_what_still_shows_a_number_is_left_out_and_told(tmp_path: Path) -> None:
    leaking = finding("text/typo", message="请联系张三，手机13912345678，谢谢", n=4)
    text, data, said = report(tmp_path, leaking, WORDING)
    assert "13912345678" not in text and len(data["findings"]) == 2
    assert "（含个人信息，已略去）" in text and any("已略去" in line for line in said)


def test_a_filing_number_is_no_leak(tmp_path: Path) -> None:
    account = Account("13912345678", "微博", "云岭教育", owner=SCHOOL, route="订阅")
    named = finding("media/filing-missing", account.ref, message="备案单号13912345678查不到", n=5)
    text, _, said = report(tmp_path, named, ledger=registry(accounts=(account,)))
    assert "备案单号13912345678查不到" in text and not any("略去" in line for line in said)


def test_one_document_that_fails_costs_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = judged_folder(tmp_path, [WORDING])
    (folder.path / REVIEWS).write_bytes(b"old")

    def broken(*args: Any) -> bytes:
        raise RuntimeError("没有磁盘")

    monkeypatch.setattr(publishing, "reviews_xlsx", broken)
    said: list[str] = []
    written = publish(folder, previous=None, progress=said.append)
    assert REPORT in written and REVIEWS not in written and not (folder.path / REVIEWS).exists()
    assert any(line.startswith("问题清单.xlsx没有写出：") for line in said)
    assert "问题清单.xlsx没有写出：" in (folder.path / REPORT).read_text("utf-8")


def test_earlier_rounds_are_told_with_their_text_even_when_judged_again(tmp_path: Path) -> None:
    first = judged_folder(tmp_path / "Q2", [WORDING, STALE], period="2024Q2", as_of=date(2024, 6, 30))
    second = judged_folder(tmp_path / "Q3", [STALE], previous=Folder(first.path), as_of=AS_OF)
    for _ in range(2):
        publish(second, previous=None, progress=lambda message: None)
        data = json.loads(Page((second.path / REPORT).read_text("utf-8")).scripts[0])
        assert data["rounds"]["counts"] == {"relapsed": 0, "carried": 1, "rectified": 0, "cannot_tell": 1, "new": 0}
        assert [(one["m"], one["r"]) for one in data["rounds"]["earlier"]] == [("“按装”应为“安装”", "cannot_tell")]
        assert [one["r"] for one in data["findings"]] == ["carried"]


@pytest.mark.slow
def test_a_big_report_stays_small_enough(tmp_path: Path) -> None:
    many = [
        finding("text/typo", f"{PORTAL}/page/{n:05d}", quote=f"错字{n}", severity=Severity.ORDINARY, n=n)
        for n in range(10_000)
    ]
    text, data, _ = report(tmp_path, *many)
    assert len(data["findings"]) == 10_000 and len(text) < 6_000_000
