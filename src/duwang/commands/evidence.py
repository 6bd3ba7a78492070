"""duwang evidence."""

from __future__ import annotations

from pathlib import Path

import click

from duwang.commands.asking import tell


@click.command(short_help="把一个问题的证据打成一包：原始内容、视图、截图、取证单、清单")
@click.argument("finding", metavar="问题编号")
@click.option(
    "--out", required=True, type=click.Path(path_type=Path, file_okay=False), metavar="目录", help="证据包写到哪里"
)
@click.option(
    "--from",
    "folder",
    default=".",
    type=click.Path(path_type=Path),
    metavar="结果目录",
    help="检查结果目录；默认当前目录",
)
def evidence(finding: str, out: Path, folder: Path) -> None:
    """取证。问题编号是 findings.jsonl、问题清单.xlsx 里的指纹，可以只写前几位；也可以写整改通知上的工单编号（ZG-…）。

    未遮掩的个人信息只在“原始”文件夹里；视图、截图、取证单都已遮掩。清单.json 写明每个文件的SHA-256。
    """
    from duwang.flow.evidence import gather_evidence
    from duwang.flow.folder import Folder

    for name in gather_evidence(Folder(folder), finding, out, progress=tell):
        click.echo(out / name)
