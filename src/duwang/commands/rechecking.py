"""duwang recheck."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import click

from duwang.commands import asking
from duwang.commands.asking import Day, tell


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

    results = run(
        Folder(folder).require(),
        ids=ids,
        as_of=as_of or date.today(),
        delay=delay,
        allow_loopback=allow_loopback,
        progress=tell,
        lists=Wordlists(lists, lexicons),
    )
    if as_json:
        click.echo(json.dumps(results, ensure_ascii=False))
        return
    for line in results:
        click.echo(f"{line['id']}  {line['state']}  {line['org']}  {line['reason']}：{line['why']}")
