"""duwang serve, worker, backup, restore, verify-audit: the console from a shell."""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from duwang.commands.asking import tell
from duwang.flow.folder import FolderFault

if TYPE_CHECKING:
    from duwang.console.starting import Login

_DATA = click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="目录",
    envvar="DUWANG_DATA",
    help="数据目录；默认 duwang-data",
)


@click.command(short_help="打开控制台；给出结果目录则先把其中的检查收进来")
@click.argument("folder", metavar="[结果目录]", required=False, type=click.Path(path_type=Path))
@_DATA
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    metavar="地址",
    help="监听地址；办公网使用时写服务器的地址或 0.0.0.0",
)
@click.option("--port", default=8600, show_default=True, metavar="端口", help="监听端口")
@click.option("--allow-host", "hosts", multiple=True, metavar="域名", help="允许用哪个域名或地址访问，可以写多次")
@click.option("--demo", is_flag=True, help="演示：建立三个演示人员并打印密码，不要求动态码")
@click.option("--report", is_flag=True, help="不开控制台，只看结果目录里的网页报告")
def serve(
    folder: Path | None, data: Path | None, host: str, port: int, hosts: tuple[str, ...], demo: bool, report: bool
) -> None:
    """打开控制台（默认SQLite；DUWANG_DATABASE_URL 可改用PostgreSQL）。按Ctrl+C停止。"""
    if report or importlib.util.find_spec("django") is None:
        if not report:
            tell("没有安装控制台（pip install 'duwang[console]'），只显示网页报告")
        return _report(folder or Path("demo-out"), host=host, port=port)
    place = data or (folder / "console" if folder else Path("duwang-data"))
    if demo:
        os.environ["DUWANG_TOTP"] = "0"
        os.environ["DUWANG_ALLOW_LOOPBACK"] = "1"
    from duwang.console import starting

    starting.prepare(place, hosts=(*hosts, host, "127.0.0.1", "localhost") if hosts or host != "127.0.0.1" else ())
    if folder is not None:
        taken = starting.take_in_folder(folder)
        tell(f"收进{taken}个检查批次")
    if demo:
        _told(starting.demo_people_of_ledger())
    if token := starting.setup_token():
        tell(f"首次使用：打开 http://{host}:{port}/setup/{token} 建立系统管理员（只能用一次）")
    tell(f"请在浏览器打开 http://{host}:{port}/ ，按Ctrl+C停止")
    from duwang.console.serving import serve as run

    try:
        run(host=host, port=port)
    except OSError as fault:
        raise FolderFault(f"端口{port}不能使用（{fault.strerror}），可用 --port 换一个") from None
    except KeyboardInterrupt:
        tell("已停止")


@click.command(short_help="单独运行后台任务（检查、判定、复查、文书）")
@_DATA
@click.option("--once", is_flag=True, help="做完等待中的任务就结束")
def worker(data: Path | None, once: bool) -> None:
    """运行后台任务。控制台自带一个；任务多时可以再开几个。"""
    import threading

    _prepared(data)
    from duwang.console.work.worker import work

    stop = threading.Event()
    try:
        work(stop, once=once)
    except KeyboardInterrupt:
        stop.set()
        tell("已停止")


@click.command(short_help="备份控制台：人员、名录、复核、工单、检查结果")
@click.argument("target", metavar="文件.tar.gz", type=click.Path(path_type=Path, dir_okay=False))
@_DATA
def backup(target: Path, data: Path | None) -> None:
    """把控制台的全部数据写成一个文件。"""
    _prepared(data)
    from duwang.console import backing

    click.echo(f"已写出 {backing.backup(target)}")


@click.command(short_help="从备份恢复到新的数据目录")
@click.argument("source", metavar="文件.tar.gz", type=click.Path(path_type=Path, dir_okay=False))
@_DATA
def restore(source: Path, data: Path | None) -> None:
    """从备份恢复。数据目录和数据库必须是空的。"""
    if not source.is_file():
        raise FolderFault(f"备份文件“{source}”不存在")
    _prepared(data)
    from duwang.console import backing

    try:
        click.echo(f"已恢复，重建了{backing.restore(source)}个检查批次的索引")
    except backing.BackupFault as fault:
        raise FolderFault(str(fault)) from None


@click.command(short_help="验证审计记录没有被改动")
@_DATA
def verify_audit(data: Path | None) -> None:
    """逐条验证审计记录链。有改动时退出码为2。"""
    _prepared(data)
    from duwang.console.audit.chain import faults

    if found := faults():
        for line in found:
            click.echo(line)
        raise SystemExit(2)
    click.echo("审计记录链完整")


def _prepared(data: Path | None) -> None:
    if importlib.util.find_spec("django") is None:
        raise FolderFault("没有安装控制台，请先 pip install 'duwang[console]'")
    from duwang.console import starting

    starting.prepare(data or Path("duwang-data"))


def _told(people: list[Login]) -> None:
    tell("演示人员（密码只打印这一次）：")
    for one in people:
        tell(f"  {one.username}  {one.password}  {one.role}")


def _report(folder: Path, *, host: str, port: int) -> None:
    from duwang.flow.serving import server

    with server(folder, host=host, port=port) as running:
        click.echo(f"请在浏览器打开 http://{host}:{running.server_address[1]}/ ，按Ctrl+C停止")
        try:
            running.serve_forever()
        except KeyboardInterrupt:
            click.echo("已停止")
