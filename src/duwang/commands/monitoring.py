"""duwang monitor."""

from __future__ import annotations

import asyncio
import signal
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from duwang.commands import asking
from duwang.commands.asking import tell


@click.command(short_help="24小时读网：昼夜访问首页，定时读取全部内容，有变化就提示")
@click.argument("registry", metavar="名录")
@click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False), metavar="目录", help="值守目录")
@click.option(
    "--every", type=click.IntRange(1, 1440), default=60, show_default=True, metavar="分钟",
    help="多久访问一次首页；判断“站点无法访问”要求每天不少于20次，即不超过72分钟",
)  # fmt: skip
@click.option(
    "--reread", type=click.FloatRange(0), default=24, show_default=True, metavar="小时",
    help="多久读取一遍全部网站和账号；0为只访问首页",
)  # fmt: skip
@asking.edition
@asking.overlays
@asking.lists()
@click.option(
    "--control", "controls", multiple=True, metavar="网址",
    help="名录以外、平时总能打开的网址：所有网站都连不上时访问它，分清是网站的问题还是本机断网",
)  # fmt: skip
@click.option(
    "--max-pages", type=click.IntRange(1), default=5000, show_default=True, metavar="页数", help="每个网站每次最多读取的页数"
)  # fmt: skip
@asking.delay("读取时对同一主机两次访问之间的间隔")
@asking.allow_loopback
@click.option("--once", is_flag=True, help="到期的访问和读取做一遍就结束（由系统定时任务调用时用）")
def monitor(
    registry: str, out: Path, every: int, reread: float, edition: str, overlays: tuple[str, ...], lists: Path | None,
    controls: tuple[str, ...], max_pages: int, delay: float, allow_loopback: bool, once: bool,
) -> None:  # fmt: skip
    """24小时读网。按Ctrl+C停止；停止或断电以后再运行，从原来的地方接着做。

    值守目录里：probes.jsonl 是每次访问的记录（duwang inspect --probes 用它判断“站点无法访问”），
    events.jsonl 是提示（打不开、恢复、新问题、即将超期），rounds 里是每次读取的结果目录。
    """
    from duwang.capture.fetcher import Fetcher, FetchSettings
    from duwang.flow.monitoring import Record
    from duwang.flow.registry import load
    from duwang.flow.watching import Watch, Watcher, alone, in_its_own_process

    asked = ["--edition", edition, "--max-pages", str(max_pages), "--delay", str(delay)]
    asked += [word for name in overlays for word in ("--overlay", name)]
    asked += [*(["--lists", str(lists)] if lists else []), *(["--allow-loopback"] if allow_loopback else [])]
    watch = Watch(timedelta(minutes=every), timedelta(hours=reread) if reread else None, controls, once)
    begun = load(registry)

    async def run(lock: int) -> None:
        stop = asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
        async with Fetcher(FetchSettings(delay=0, allow_private=allow_loopback)) as fetcher:
            reading = in_its_own_process(registry, out, asked, lock=lock)
            watcher = Watcher(
                Record.open(out), watch, begun, lambda: load(registry), fetcher, reading, lambda: datetime.now(UTC), tell
            )  # fmt: skip
            await watcher.run(stop)

    with alone(out) as lock:
        asyncio.run(run(lock))
    if not once:
        tell("已停止，再次运行会接着做")
