"""duwang judge."""

from __future__ import annotations

import json
from pathlib import Path

import click

from duwang.commands.asking import tell
from duwang.commands.tables import summary_table


@click.command(short_help="按指标和复核意见重新判定，不再联网")
@click.argument("folder", metavar="结果目录", type=click.Path(path_type=Path))
@click.option("--edition", metavar="名称", help="换用别的指标版本；不写则沿用")
@click.option("--overlay", "overlays", multiple=True, metavar="名称", help="地方规则，可以写多次；不写则沿用")
@click.option("--previous", type=click.Path(path_type=Path), metavar="目录", help="上一轮的结果目录")
@click.option(
    "--reviews", type=click.Path(path_type=Path), metavar="文件", help="填好的 问题清单.xlsx 或 reviews.jsonl"
)
@click.option("--no-documents", is_flag=True, help="只重新判定，不重写通报、清单和网页报告")
@click.option("--json", "as_json", is_flag=True, help="在标准输出打印 summary.json")
def judge(
    folder: Path,
    edition: str | None,
    overlays: tuple[str, ...],
    previous: Path | None,
    reviews: Path | None,
    no_documents: bool,
    as_json: bool,
) -> None:
    """重新判定一个结果目录，并重写通报、清单和网页报告。"""
    from duwang.flow.folder import Folder
    from duwang.flow.judging import judge_again
    from duwang.flow.publishing import publish

    store = Folder(folder)
    summary = judge_again(store, edition=edition, overlays=overlays, previous=previous, reviews=reviews)
    if not no_documents:
        publish(store, previous=Folder(previous) if previous else None, progress=tell)
    if as_json:
        click.echo(json.dumps(summary, ensure_ascii=False))
    else:
        summary_table(summary)
