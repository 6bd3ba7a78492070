"""The demo from beginning to end: serve the county, inspect it in rounds, judge, write, compare with the key, tell."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from duwang.demo import county as data
from duwang.demo.ledger import write_ledger
from duwang.demo.server import Stage, serving
from duwang.demo.world import world
from duwang.flow.inspection import inspect
from duwang.flow.registry import load
from duwang.flow.settings import Settings
from duwang.model.period import Span

SWEPT_SINCE = date(2026, 1, 1)


@dataclass(slots=True)
class Timing:
    """Seconds by stage, in order."""

    stages: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def of(self, stage: str) -> Iterator[None]:
        began = time.perf_counter()
        try:
            yield
        finally:
            self.stages[stage] = self.stages.get(stage, 0.0) + time.perf_counter() - began


def run(out: Path) -> None:
    timing = Timing()
    shutil.rmtree(out, ignore_errors=True)
    with serving() as stage:
        for number in data.ROUNDS:
            one_round(out, number, stage, timing)
    print(timing.stages)


def one_round(out: Path, number: int, stage: Stage, timing: Timing) -> None:
    with timing.of("生成仿真县"):
        stage.world = world(number, stage.first_port)
        ledger = write_ledger(out / f"ledger-{number}", number, stage.first_port)
    with timing.of(f"第{number}轮检查"):
        settings = Settings(
            out=out / f"round-{number}", as_of=data.AS_OF[number], period=Span.parse(data.PERIOD[number]), delay=0, allow_loopback=True,
            previous=out / f"round-{number - 1}" if number else None, documents=False, since=SWEPT_SINCE,
            only=(f"site/{data.county().place('农业').code}",) if number == 0 else (), registry_text="仿真县",
        )
        inspect(load(str(ledger)), settings, progress=lambda message: print(f"  {message}"))
