"""A walk-through is read for exactly the account it names, whatever route the account is otherwise seen by."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from duwang.flow.accounts import AccountReader
from duwang.flow.ports import Fetcher, Vault
from duwang.flow.work import WorkStore
from duwang.model.registry import Account, Registry

_HEAD = "平台,名称,备案单号,互动功能,最近发布\n"
_ONE = Account("70001", "微博", "云岭发布", owner="县政府办", route="人工", address="走查.csv")


def _reader(folder: Path) -> AccountReader:
    nothing = SimpleNamespace()
    return AccountReader(
        Registry(folder=str(folder)), cast(WorkStore, nothing), cast(Vault, nothing), cast(Fetcher, nothing)
    )


@pytest.mark.parametrize(
    ("line", "walked"),
    [
        ("微博,别的名称,70001,无,\n", {"互动功能": "无"}),
        ("微博,云岭发布,,无,\n", {"互动功能": "无"}),
        ("抖音,云岭发布,,无,\n", {}),
        ("微博,云岭发布,70002,无,\n", {}),
        ("微博,云岭,,无,\n", {}),
    ],
    ids=["备案单号相同", "平台和名称相同", "平台不同", "备案单号不同", "名称只是相近"],
)
def test_a_line_speaks_of_the_account_it_names(tmp_path: Path, line: str, walked: dict[str, str]) -> None:
    (tmp_path / "走查.csv").write_text(_HEAD + line, encoding="utf-8")
    assert _reader(tmp_path).walked(_ONE) == walked


@pytest.mark.parametrize(
    ("printed", "days", "failure"),
    [
        ("2026-06-20", ["2026-06-20"], ""),
        ("无", [], ""),
        ("", None, "采集文件“走查.csv”无法读取：走查记录没有写“最近发布”"),
        ("前天", None, "采集文件“走查.csv”无法读取：“最近发布”的“前天”不是日期，应写成2024-09-01，没有发布写“无”"),
    ],
)
def test_the_last_post_of_a_walk_through_and_silence_is_no_post(
    tmp_path: Path, printed: str, days: list[str] | None, failure: str
) -> None:
    (tmp_path / "走查.csv").write_text(f"{_HEAD}微博,云岭发布,,有,{printed}\n", encoding="utf-8")
    view, _ = _reader(tmp_path).view(_ONE)
    assert (None if view.posts is None else [str(post.published) for post in view.posts]) == days
    assert view.failure == failure
