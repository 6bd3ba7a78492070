"""duwang demo."""

from __future__ import annotations

from pathlib import Path

import click


@click.command(short_help="生成仿真县，检查、判定、写通报，并对照答案")
@click.option(
    "--out",
    default=Path("demo-out"),
    show_default=True,
    type=click.Path(path_type=Path, file_okay=False),
    metavar="目录",
    help="结果目录",
)
@click.option(
    "--scale",
    type=click.Choice(["county", "prefecture"]),
    default="county",
    show_default=True,
    help="county：仿真县，检查三轮并对照答案；prefecture：仿真市，60个网站、300个账号、几千个问题，检查一轮，留给控制台复核",
)
def demo(out: Path, scale: str) -> None:
    """在本机生成一个仿真县（网站、新媒体、已知问题），完整检查一遍，并对照答案打印准确率和查全率。"""
    if scale == "prefecture":
        from duwang.demo.prefecture.run import run as run_prefecture

        run_prefecture(out)
        return
    from duwang.demo.run import run

    run(out)
