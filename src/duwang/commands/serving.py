"""duwang demo, duwang serve."""

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
def demo(out: Path) -> None:
    """在本机生成一个仿真县（网站、新媒体、已知问题），完整检查一遍，并对照答案打印准确率和查全率。"""
    from duwang.demo.run import run

    run(out)


@click.command(short_help="在浏览器里查看结果目录")
@click.argument("folder", metavar="[结果目录]", default=Path("demo-out"), type=click.Path(path_type=Path))
@click.option("--host", default="127.0.0.1", show_default=True, metavar="地址", help="监听地址")
@click.option("--port", default=8600, show_default=True, metavar="端口", help="监听端口")
def serve(folder: Path, host: str, port: int) -> None:
    """在浏览器里查看检查报告和文书。按Ctrl+C停止。"""
    from duwang.flow.serving import server

    with server(folder, host=host, port=port) as running:
        click.echo(f"请在浏览器打开 http://{host}:{running.server_address[1]}/ ，按Ctrl+C停止")
        try:
            running.serve_forever()
        except KeyboardInterrupt:
            click.echo("已停止")
