"""duwang links."""

from __future__ import annotations

import json
from typing import Any

import click

from duwang.commands import asking


@click.command(short_help="只查一个网站的链接能不能打开，不留证、不判定，快")
@click.argument("url", metavar="网址")
@click.option(
    "--max-pages", type=click.IntRange(1), default=20000, show_default=True, metavar="个数", help="最多查看的地址"
)
@asking.delay("对同一主机两次访问之间的间隔；自己的网站可以写0")
@click.option(
    "--connections", type=click.IntRange(1, 20), default=6, show_default=True, metavar="个数", help="同时打开的连接"
)
@asking.allow_loopback
@click.option("--json", "as_json", is_flag=True, help="打印一个JSON对象")
def links(url: str, max_pages: int, delay: float, connections: int, allow_loopback: bool, as_json: bool) -> None:
    """查链接。从首页起读完全站，链接、图片、附件、样式、音视频逐个看；打不开的隔一会儿再看一次，两次都打不开才算失效。

    拒绝访问、访问过频、要求登录、响应慢、时好时坏的另列，不算失效。正式检查用 duwang inspect，它留证据、按指标判定。
    """
    from duwang.flow.surveying import Asked, survey

    if not url.startswith(("http://", "https://")):
        raise click.BadParameter("网址要以 http:// 或 https:// 开头", param_hint="网址")
    found = survey(Asked(url, max_pages, delay, connections, allow_loopback)).record()
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
        return
    for line in found["dead"]:
        click.echo(f"失效\t{line['url']}\t{line['why']}\t{_places(line)}")
    for line in found["others"]:
        click.echo(f"{_CLASSES.get(line['class'], line['class'])}\t{line['url']}\t{line['why']}\t{_places(line)}")
    left = f"，{found['left_out']}个没有看（达到上限）" if found["left_out"] else ""
    click.echo(
        f"读了{found['pages']}页，看了{found['links']}个地址{left}，失效{len(found['dead'])}个，另有{len(found['others'])}个不能断定",
        err=True,
    )


_CLASSES = {
    "soft-404": "内容不存在", "blocked": "拒绝访问", "needs-login": "要求登录", "rate-limited": "访问过频", "slow": "响应慢", "unstable": "时好时坏",
    "unknown": "不能断定",
}  # fmt: skip


def _places(line: dict[str, Any]) -> str:
    if not line["places"]:
        return ""
    more = f" 等{line['count']}页" if line["count"] > 1 else ""
    return f"在 {line['places'][0]}{more}"
