"""duwang bulletin, duwang audit-bulletin."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import click

from duwang.commands.asking import Day, tell
from duwang.flow.folder import FolderFault

FORMS = ("docx", "pdf", "xlsx", "html", "md")


@click.command(short_help="写通报：从结果目录，或者从通报数据文件")
@click.argument("source", metavar="结果目录或数据文件", type=click.Path(path_type=Path))
@click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False), metavar="目录", help="写到哪里")
@click.option(
    "--form",
    default="docx,xlsx,html,md",
    show_default=True,
    metavar="格式",
    help="docx、pdf、xlsx、html、md，用逗号分开",
)
@click.option("--style", metavar="名称", help="样式：通用、襄阳、昌宁、凤翔、曾都、青海，或自己的样式文件")
@click.option("--final", is_flag=True, help="定稿：还有待核的对象时不写，并说明还差什么")
def bulletin(source: Path, out: Path, form: str, style: str | None, final: bool) -> None:
    """写通报及附件。"""
    from duwang.flow.publishing import publish_forms

    forms = [name.strip() for name in form.split(",") if name.strip()]
    if wrong := [name for name in forms if name not in FORMS]:
        raise FolderFault(f"--form 不认识“{'、'.join(wrong)}”，可以写 {'、'.join(FORMS)}")
    for path in publish_forms(source, out, forms=forms, style=style, final=final, progress=tell):
        click.echo(str(path))


@click.command(short_help="核对一份通报：合计、比率、名单、附件、期限、个人信息")
@click.argument("files", nargs=-1, required=True, metavar="文件…", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="打印JSON；多个文件时每行一个，带file")
@click.option("--as-of", type=Day(), help="核对日期")
def audit_bulletin(files: tuple[Path, ...], as_json: bool, as_of: date | None) -> None:
    """核对任何一份通报（txt、docx、pdf、html），指出对不上的地方，也说明核对无误的地方。"""
    from duwang.flow.auditing import audit_file

    names = [
        inner
        for path in files
        for inner in (sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path])
    ]
    many = len(names) > 1 or any(path.is_dir() for path in files)
    for path in names:
        if not path.is_file():
            raise FolderFault(f"文件“{path}”不存在")
        try:
            record = audit_file(path, as_of=as_of)
        except FolderFault as fault:
            if not many:
                raise
            record = {"error": str(fault), "findings": [], "confirmed": []}
        if as_json:
            click.echo(json.dumps({"file": str(path), **record} if many else record, ensure_ascii=False))
            continue
        if "error" in record:
            click.echo(f"{path}：没有核对。{record['error']}")
            continue
        click.echo(f"{path}：{len(record['findings'])}处对不上，{len(record['confirmed'])}处核对无误")
        for found in record["findings"]:
            click.echo(f"  {found['check']}  {found['message']}")
        for line in record["confirmed"]:
            click.echo(f"  ✓ {line}")
