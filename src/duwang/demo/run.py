"""The demo from beginning to end: serve the county, inspect it in rounds, judge, write, compare with the key, tell."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from duwang.demo import county as data
from duwang.demo.key import key, ref_named, ruled
from duwang.demo.ledger import write_ledger
from duwang.demo.measuring import measure, wrong_after, wrong_verdicts
from duwang.demo.outcome import Outcome, RoundResult
from duwang.demo.probing import write_probes
from duwang.demo.reviewing import fill
from duwang.demo.server import Stage, serving
from duwang.demo.telling import overview, tell
from duwang.demo.world import world
from duwang.flow.folder import Folder
from duwang.flow.inspection import inspect
from duwang.flow.judging import judge_again
from duwang.flow.publishing import publish
from duwang.flow.registry import load
from duwang.flow.settings import Settings
from duwang.flow.wordlists import Wordlists
from duwang.model.findings import Status
from duwang.model.period import Span

SWEPT_SINCE = date(2026, 1, 1)
_TITLES = {0: "第0轮（2026年第一季度，只查一个网站）", 1: "第1轮（2026年第二季度）", 2: "第2轮（2026年第三季度）"}
_DOCUMENTS = (".html", ".docx", ".pdf", ".xlsx", ".md")


@dataclass(slots=True)
class Timing:
    """Seconds by stage, in order."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def of(self, stage: str) -> Iterator[None]:
        began = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[stage] = self.seconds.get(stage, 0.0) + time.perf_counter() - began


def run(out: Path) -> Outcome:
    """Run the whole demo into `out` and print it; what stood there of an earlier demo is replaced."""
    timing = Timing()
    for old in (*out.glob("round-?"), *out.glob("ledger-?")):
        shutil.rmtree(old)
    out.mkdir(parents=True, exist_ok=True)
    with serving() as stage:
        rounds = tuple(_round(out, number, stage, timing) for number in data.ROUNDS)
    outcome = Outcome(rounds, timing.seconds)
    documents = {one.folder: _documents(out / one.folder) for one in rounds}
    (out / "index.html").write_text(overview(outcome, documents), encoding="utf-8")
    tell(outcome, out)
    return outcome


def _round(out: Path, number: int, stage: Stage, timing: Timing) -> RoundResult:
    _say(f"{_TITLES[number]}：开始")
    with timing.of("生成仿真县"):
        stage.world = world(number, stage.first_port)
        ledger = write_ledger(out / f"ledger-{number}", number, stage.first_port)
        settings = _settings(out, number, ledger)
    with timing.of(f"第{number}轮检查和判定"):
        inspect(load(str(ledger)), settings, progress=_say)
    folder = Folder(settings.out)
    with timing.of("对照答案"):
        result = _measured(folder, number, stage.first_port)
    if number == 0:
        return result
    previous = Folder(settings.previous) if settings.previous else None
    with timing.of(f"第{number}轮写文书"):
        publish(folder, previous=previous, progress=_say)
    with timing.of(f"第{number}轮复核后重判"):
        return _reviewed(folder, number, settings, result, previous)


def _settings(out: Path, number: int, ledger: Path) -> Settings:
    return Settings(
        out=out / f"round-{number}", as_of=data.AS_OF[number], period=Span.parse(data.PERIOD[number]), delay=0, allow_loopback=True,
        previous=out / f"round-{number - 1}" if number else None, probes=write_probes(ledger / "probes.jsonl", number),
        only=(f"site/{data.county().place('农业').code}",) if number == 0 else (), documents=False, since=SWEPT_SINCE,
        registry_text="仿真县", lists=Wordlists(data.HERE / "county"),
    )  # fmt: skip


def _measured(folder: Folder, number: int, first_port: int) -> RoundResult:
    outcomes, findings, verdicts = folder.outcomes(), folder.findings(), folder.verdicts()
    there = frozenset(outcome.check for outcome in outcomes)
    entries = key(number, first_port)
    scores, owners = measure(findings, entries, there)
    answers = ruled(number, there)
    return RoundResult(
        folder=folder.path.name,
        title=_TITLES[number].partition("（")[0],
        summary=folder.read_json("summary.json"),
        reviewed={},
        scores=scores,
        owners=owners,
        judged=len(answers),
        wrong=wrong_verdicts(verdicts, answers, names=_names()) if number else (),
        wrong_after=(),
        unknown=sum(outcome.status is Status.UNKNOWN for outcome in outcomes),
        absent=sorted({entry.check for entry in entries} - there),
    )


def _reviewed(
    folder: Folder, number: int, settings: Settings, before: RoundResult, previous: Folder | None
) -> RoundResult:
    """The clerk fills in the list, the round is judged again, and its documents are written anew."""
    filled = fill(folder.path, number, folder.verdicts())
    if filled is None:
        return replace(before, reviewed=before.summary)
    summary = judge_again(folder, edition=None, overlays=None, previous=settings.previous, reviews=filled)
    publish(folder, previous=previous, progress=_say)
    there = frozenset(outcome.check for outcome in folder.outcomes())
    wrong = wrong_after(folder.verdicts(), ruled(number, there), names=_names())
    return replace(before, reviewed=summary, wrong_after=wrong)


def _names() -> dict[str, str]:
    places = {ref_named(place.key): place.name for place in data.county().places}
    return places | {ref_named(f"账号/{voice.key}"): voice.key for voice in data.county().voices}


def _documents(folder: Path) -> list[str]:
    found = [path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*")) if path.suffix in _DOCUMENTS]
    return [name for name in found if not name.startswith(("vault/", "work/"))]


def _say(message: str) -> None:
    print(message, file=sys.stderr, flush=True)
