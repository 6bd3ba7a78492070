"""duwang judge."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from duwang.commands.alone import alone
from duwang.commands.asking import tell
from duwang.commands.tables import summary_table
from duwang.model.verdicts import Decision, Review

if TYPE_CHECKING:
    from duwang.flow.folder import Folder


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
    from duwang.flow.judging import judge_again, reviews_of
    from duwang.flow.publishing import publish

    store = Folder(folder)
    if reviews:
        for line in _remarks(reviews_of(reviews), store.require(), sheet=reviews.suffix != ".jsonl"):
            tell(line)
    with alone(folder):
        summary = judge_again(store, edition=edition, overlays=overlays, previous=previous, reviews=reviews)
        if not no_documents:
            publish(store, previous=Folder(previous) if previous else None, progress=tell)
    if as_json:
        click.echo(json.dumps(summary, ensure_ascii=False))
    else:
        summary_table(summary)


def _remarks(reviews: Sequence[Review], folder: Folder, *, sheet: bool) -> Iterator[str]:
    """How much was read, and which words do nothing or lack the reason that a false alarm needs; a reviews.jsonl keeps
    words on findings that have gone, a `sheet` shows only those of its own round."""
    decided = [review for review in reviews if review.decision]
    yield f"读入复核决定{len(decided)}条、人工回答{len(reviews) - len(decided)}条"
    found = [(one.fingerprint, one.question) for one in folder.each_finding()]
    prints, questions = {fingerprint for fingerprint, _ in found}, {question for _, question in found}
    strange = [one for one in decided if one.fingerprint not in prints and one.question not in questions]
    if strange and sheet:
        codes = "、".join((one.fingerprint or one.question)[:12] for one in strange[:3])
        codes += "等" if len(strange) > 3 else ""
        yield f"其中{len(strange)}条决定在这次检查里没有对应的问题，不起作用（{codes}）；请看是不是用了别的批次的清单"
    bare = sum(one.decision is not Decision.CONFIRMED and not one.reason.strip() for one in decided)
    if bare:
        yield f"有{bare}条“误报”“不影响判定”没有写理由，请在“理由”列补写：单位申辩和上级复查时要看"
