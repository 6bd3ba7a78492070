"""Kinds of values that people type: dates, periods."""

from __future__ import annotations

from datetime import date
from typing import Any

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


def tell(message: str) -> None:
    """Progress for people, on stderr."""
    click.echo(message, err=True)
