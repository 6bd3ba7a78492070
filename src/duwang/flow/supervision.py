"""The annual assessment of the office that supervises (监管工作年度考核): asked of people, in the round that ends the year."""

from __future__ import annotations

from datetime import date

from duwang.bulletin.issuing import NO_ISSUER, issuer_of
from duwang.bulletin.render.statistics import Table
from duwang.flow.judged import Judged
from duwang.judge.edition import Edition, load_edition
from duwang.judge.judging import judge_supervisor
from duwang.model.refs import org_ref
from duwang.model.rulings import Rulings
from duwang.model.verdicts import Verdict

EDITION = "supervision-2019"
_EFFECTS = {"veto": "单项否决", "points": "扣分", "bonus": "加分"}


def supervision(judged: Judged) -> Verdict | None:
    """The assessment as far as it was answered; None outside a round that ends the year."""
    period = judged.run.get("period") or {}
    issuer = issuer_of(judged.registry)
    if not str(period.get("end", "")).endswith("-12-31") or issuer == NO_ISSUER:
        return None
    edition, as_of = load_edition(EDITION), date.fromisoformat(str(judged.run["as_of"])[:10])
    return judge_supervisor(target=org_ref(issuer), name=issuer, reviews=judged.reviews, edition=edition, as_of=as_of)


def sheet(verdict: Verdict, judged: Judged) -> Table:
    """Every clause with its answer: what is not answered stays open, what is not confirmed says so."""
    edition, rulings = load_edition(EDITION), Rulings(judged.reviews)
    points = {str(line.get("item") or line["indicator"]): line for line in (*verdict.deductions, *verdict.bonus)}
    rows = []
    for one in edition.indicators:
        for line in one.items or (one,):
            answer = rulings.answer(verdict.target, line.code)
            told = f"{answer.answer}{'' if answer.count is None else f'（{answer.count}）'}" if answer else "待填"
            given = points.get(line.code)
            rows.append((line.code, _EFFECTS.get(one.effect, one.effect), _title(one.title, line.title), line.ask, told,
                         f"{given['points']:g}" if given else "", line.grade))  # fmt: skip
    return Table(
        "监管工作年度考核",
        ("编号", "类别", "指标", "问题", "回答", "计分", "依据等级"),
        tuple(rows),
        _note(verdict, edition),
    )


def _title(whole: str, part: str) -> str:
    return whole if whole == part else f"{whole}：{part}"


def _note(verdict: Verdict, edition: Edition) -> str:
    missing = f"；条文尚未核实的：{'、'.join(edition.unverified)}" if edition.unverified else ""
    return f"{verdict.name}。在 问题清单.xlsx 的“人工项”里填写回答后重新判定{missing}。"
