"""Accounts read from files of the ledger's folder: what was seen carries the SHA-256 of the file it was seen in."""

from __future__ import annotations

import asyncio
import hashlib
from pathlib import Path
from typing import Any

import pytest

from duwang.capture.vault import WarcVault
from duwang.flow.accounts import AccountReader
from duwang.flow.work import WorkStore
from duwang.model.registry import Account, Registry

REPORT = "标题,发布时间,正文\n云岭县召开会议,2024-09-03,会议强调安全。\n"
PAGE = "<html><body><h1>云岭县召开会议</h1><p>2024-09-03</p><p>会议强调安全生产。</p></body></html>"


def reader(folder: Path) -> AccountReader:
    nothing: Any = None
    return AccountReader(Registry(folder=str(folder)), nothing, nothing, nothing)


def test_a_units_own_report_is_the_evidence(tmp_path: Path) -> None:
    (tmp_path / "自报.csv").write_text(REPORT, "utf-8")
    view, sha256 = reader(tmp_path).view(Account("1", "微博", "云岭", route="单位自报", address="自报.csv"))
    assert [post.title for post in view.posts or ()] == ["云岭县召开会议"]
    assert sha256 == hashlib.sha256(REPORT.encode()).hexdigest()


def test_every_saved_page_is_its_own_evidence(tmp_path: Path) -> None:
    (tmp_path / "页").mkdir()
    (tmp_path / "页" / "1.html").write_text(PAGE, "utf-8")
    view, sha256 = reader(tmp_path).view(Account("1", "微博", "云岭", route="网页保存", address="页"))
    assert sha256 == "" and [post.sha256 for post in view.posts or ()] == [hashlib.sha256(PAGE.encode()).hexdigest()]


def test_what_is_not_there_has_no_evidence(tmp_path: Path) -> None:
    view, sha256 = reader(tmp_path).view(Account("1", "微博", "云岭", route="单位自报", address="没有.csv"))
    assert view.posts is None and "没有.csv" in view.failure and sha256 == ""


@pytest.mark.parametrize(
    ("address", "kept"),
    [("自报.csv", [REPORT]), ("页", [PAGE]), ("../外面.csv", []), ("没有.csv", []), ("http://x.invalid/feed", [])],
)
def test_files_of_the_ledger_are_kept_once(address: str, kept: list[str], tmp_path: Path) -> None:
    folder = tmp_path / "名录"
    (folder / "页").mkdir(parents=True)
    (folder / "页" / "1.html").write_text(PAGE, "utf-8")
    (folder / "自报.csv").write_text(REPORT, "utf-8")
    (tmp_path / "外面.csv").write_text(REPORT, "utf-8")
    store, vault, nothing = WorkStore(tmp_path / "state.sqlite"), WarcVault(tmp_path / "vault"), None
    one = AccountReader(Registry(folder=str(folder)), store, vault, nothing)  # type: ignore[arg-type]
    for _ in range(2):
        asyncio.run(one.gather(Account("1", "微博", "云岭", route="单位自报", address=address)))
    vault.close()
    shelves = WarcVault.reading(tmp_path / "vault")
    assert [shelves.read(line["sha256"]).decode() for line in shelves.captures()] == kept
