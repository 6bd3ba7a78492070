"""Verdicts and findings of one inspection → the notice. Nothing is computed twice: the figures are counted from its tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from duwang.bulletin.data import Material
from duwang.bulletin.faults import BulletinFault
from duwang.bulletin.gathering import gather
from duwang.bulletin.issuing import issuer_of
from duwang.bulletin.narrating import narrate
from duwang.bulletin.standing import Jury
from duwang.bulletin.style import Style, load_style
from duwang.bulletin.tree import Bulletin, Colophon, Contact, Head
from duwang.bulletin.writing import write
from duwang.model.calendar import working_days_after
from duwang.model.findings import Finding
from duwang.model.registry import Registry
from duwang.model.verdicts import Review, Verdict

_KINDS = (("site", "政府网站"), ("account", "政务新媒体"))


def compose(
    *,
    registry: Registry,
    verdicts: Iterable[Verdict],
    findings: Iterable[Finding],
    summary: Mapping[str, Any],
    run: Mapping[str, Any],
    previous: Mapping[str, Any] | None = None,
    style: Style | str | None = None,
    reviews: Sequence[Review] = (),
    issued: date | None = None,
    deadline: date | None = None,
    working_days: int | None = None,
    issuer: str = "",
    number: str = "",
    contacts: Sequence[Contact] = (),
    previous_findings: Iterable[Finding] = (),
    tables: Mapping[str, tuple[Mapping[str, str], ...]] | None = None,
) -> Bulletin:
    """The notice on a judged inspection. `run` and `summary` as in run.json and summary.json; `previous` is the last round's
    run.json (its problems are then reported as rectified or not). Only decided or machine-certain problems are printed;
    the rest stands in `pending`. `tables`: further rows by table name that a style may count. `working_days` is the time to
    put things right that the rules in force give, so that notice and cases name the same day. BulletinFault when summary and verdicts do not agree."""
    judged, found = tuple(verdicts), tuple(findings)
    used = style if isinstance(style, Style) else load_style(style)
    _agree(judged, summary)
    as_of = _day(run["as_of"])
    day = issued or as_of
    jury = Jury.of(judged, reviews)
    gathered = gather(
        registry, judged, found, jury=jury, rounds=_rounds(summary, previous), earlier=tuple(previous_findings)
    )
    told = narrate(gathered, registry, judged, run=run, examples=used.examples)
    material = Material(
        head=Head(
            issuer=issuer or issuer_of(registry),
            title="",
            day=day,
            number=number,
            period=period_in_words(run),
            basis=str((run.get("edition") or {}).get("title", "")),
        ),
        figures=told.figures,
        tables={**gathered.tables, **(tables or {})},
        problems=told.problems,
        deadline=deadline or working_days_after(day, working_days or used.working_days).date,
        contacts=tuple(contacts),
        words=told.words,
        phrases=told.phrases,
        pending=gathered.pending,
        colophon=Colophon(office=issuer or issuer_of(registry), day=day),
        draft=_draft(judged),
    )
    return write(material, used)


def period_in_words(run: Mapping[str, Any]) -> str:
    """2024年第三季度, or the inspection date when no period was set."""
    period = run.get("period")
    if isinstance(period, Mapping) and period.get("in_words"):
        return str(period["in_words"])
    day = _day(run["as_of"])
    return f"{day.year}年{day.month}月"


def _draft(verdicts: Sequence[Verdict]) -> str:
    """Why the notice must not be issued yet; "" when every verdict is final."""
    counts = ((what, sum(v.kind == kind and v.verdict == "待核" for v in verdicts)) for kind, what in _KINDS)
    told = "、".join(f"{what}{n}个" for what, n in counts if n)
    return f"送审稿：尚有{told}待核，复核完成前不得印发" if told else ""


def _rounds(summary: Mapping[str, Any], previous: Mapping[str, Any] | None) -> Mapping[str, Sequence[str]]:
    """The fates of earlier problems; nothing in a first round, where everything is new."""
    rounds = summary.get("rounds") or {}
    old = ("carried", "relapsed", "rectified", "cannot_tell")
    if previous is None and not any(rounds.get(name) for name in old):
        return {}
    return {name: tuple(rounds.get(name) or ()) for name in old}


def _agree(verdicts: Sequence[Verdict], summary: Mapping[str, Any]) -> None:
    for kind, what in (("site", "网站"), ("account", "新媒体")):
        told = summary.get(kind)
        here = [verdict for verdict in verdicts if verdict.kind == kind]
        failed = sum(1 for verdict in here if verdict.verdict == "不合格")
        if isinstance(told, Mapping) and (told.get("checked"), told.get("failed")) != (len(here), failed):
            raise BulletinFault(
                f"汇总与判定不一致：{what}汇总写检查{told.get('checked')}个、不合格{told.get('failed')}个，"
                f"判定是检查{len(here)}个、不合格{failed}个，请重新运行 duwang judge"
            )


def _day(written: Any) -> date:
    return written if isinstance(written, date) else date.fromisoformat(str(written)[:10])
