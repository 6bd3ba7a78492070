"""duwang recheck."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from duwang.commands import asking
from duwang.commands.alone import alone
from duwang.commands.asking import Day, tell

if TYPE_CHECKING:
    from duwang.flow.folder import Folder


@click.command(short_help="复查整改：重新读取工单涉及的页面并作出结论")
@click.argument("folder", metavar="结果目录", type=click.Path(path_type=Path))
@click.option("--case", "ids", multiple=True, metavar="工单号", help="只复查这些工单；不写则复查全部未办结的")
@click.option("--as-of", type=Day(), help="复查日期；默认今天")
@asking.delay()
@asking.allow_loopback
@asking.lexicons("；与检查时的一致")
@asking.lists("；与检查时的一致")
@click.option("--json", "as_json", is_flag=True, help="打印JSON")
def recheck(
    folder: Path, ids: tuple[str, ...], as_of: date | None, delay: float, allow_loopback: bool,
    lexicons: tuple[Path, ...], lists: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """复查：已整改、未整改，或者不能判断（说明原因）。"""
    from duwang.flow.folder import Folder
    from duwang.flow.rechecking import recheck as run
    from duwang.flow.wordlists import Wordlists

    store, at = Folder(folder).require(), as_of or date.today()
    with alone(folder):
        results = run(
            store, ids=tuple(one.strip().upper() for one in ids), as_of=at, delay=delay, allow_loopback=allow_loopback, progress=tell, lists=Wordlists(lists, lexicons)
        )  # fmt: skip
    for remark in _remarks(store, results, at):
        tell(remark)
    if as_json:
        click.echo(json.dumps(results, ensure_ascii=False))
        return
    for line in results:
        click.echo(f"{line['id']}  {line['state']}  {line['org']}  {line['reason']}：{line['why']}")


def _remarks(folder: Folder, results: Sequence[Mapping[str, Any]], at: date) -> Iterator[str]:
    """How many of each, and how many were looked at before their term had run out."""
    counts = Counter(str(line["state"]) for line in results)
    yield "复查结果：" + ("、".join(f"{state}{n}件" for state, n in counts.most_common()) or "没有未办结的工单")
    due = {str(line["id"]): str(line.get("due") or "") for line in folder.read_lines("cases.jsonl")}
    early = [line for line in results if line["state"] == "未整改" and at.isoformat() <= due.get(str(line["id"]), "")]
    if early:
        yield f"其中{len(early)}件未整改的整改期限还没有到（最早的{min(due[str(line['id'])] for line in early)}），期满后请再复查一次"
