"""What several commands ask alike: kinds of values that people type, and options with the same words everywhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from duwang.model.period import Span


class Day(click.ParamType[date]):
    name = "日期"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"日期“{value}”写法不对，应写成2024-09-30", param, ctx)


class PeriodOf(click.ParamType[Span]):
    name = "检查期"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Span:
        if isinstance(value, Span):
            return value
        try:
            return Span.parse(str(value))
        except ValueError as fault:
            self.fail(str(fault), param, ctx)


F = TypeVar("F", bound=Callable[..., Any])


def delay(what: str = "对同一主机两次访问之间的间隔") -> Callable[[F], F]:
    """Seconds between two requests to one host."""
    return click.option("--delay", type=click.FloatRange(0), default=0.5, show_default=True, metavar="秒", help=what)


def lists(note: str = "") -> Callable[[F], F]:
    """The office's own word lists, leaders, white list and measured precision."""
    what = "本单位的词库、领导名单.tsv、白名单.tsv、规则精度.tsv所在的文件夹"
    kind = click.Path(path_type=Path, exists=True, file_okay=False)
    return click.option("--lists", type=kind, metavar="文件夹", help=what + note)


def lexicons(note: str = "") -> Callable[[F], F]:
    """Further word lists, one file each."""
    return click.option(
        "--lexicon", "lexicons", multiple=True, type=click.Path(path_type=Path), metavar="文件",
        help="另加词库（TSV），可以写多次" + note,
    )  # fmt: skip


allow_loopback = click.option("--allow-loopback", is_flag=True, help="允许访问本机和内网地址（默认拒绝）")
edition = click.option("--edition", default="national-2019", show_default=True, metavar="名称", help="指标版本")
overlays = click.option("--overlay", "overlays", multiple=True, metavar="名称", help="地方规则，可以写多次")


def tell(message: str) -> None:
    """Progress for people, on stderr."""
    click.echo(message, err=True)
