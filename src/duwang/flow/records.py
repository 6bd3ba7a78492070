"""Model values ↔ the JSON of the inspection folder: one place, so that every file has the same keys everywhere."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

import msgspec

from duwang.model.findings import Draft, Finding, Outcome
from duwang.model.later import Later
from duwang.model.material import Probe
from duwang.model.registry import Registry
from duwang.model.verdicts import Case, Decision, Review, Verdict

T = TypeVar("T")


def plain(value: Any) -> Any:
    """Dataclasses, enums, dates and tuples as plain JSON values."""
    return msgspec.to_builtins(value, str_keys=True, enc_hook=_worked_out)


def _worked_out(value: Any) -> Any:
    """A sequence that was not looked at before, as a list."""
    if isinstance(value, Later):
        return list(value)
    raise TypeError(f"{type(value).__name__} 不能写成JSON")


def from_plain(record: Any, kind: type[T]) -> T:
    """The model value a record stands for; ValueError says which key is missing or wrong."""
    try:
        return msgspec.convert(record, kind, strict=False)
    except msgspec.ValidationError as fault:
        raise ValueError(str(fault)) from None


def draft_from(record: Mapping[str, Any]) -> Draft:
    return from_plain(record, Draft)


def finding_from(record: Mapping[str, Any]) -> Finding:
    return from_plain(record, Finding)


def outcome_from(record: Mapping[str, Any]) -> Outcome:
    return from_plain(record, Outcome)


def verdict_from(record: Mapping[str, Any]) -> Verdict:
    return from_plain(record, Verdict)


def case_from(record: Mapping[str, Any]) -> Case:
    return from_plain(record, Case)


def registry_from(record: Mapping[str, Any]) -> Registry:
    return from_plain(record, Registry)


def review_from(record: Mapping[str, Any]) -> Review:
    """ValueError when the decision is none of 确认, 误报, 不影响判定, or nothing says what it is about."""
    decision = record.get("decision")
    if decision not in (None, "", *Decision):
        raise ValueError(f"decision写的是“{decision}”，应写{'、'.join(Decision)}中的一个")
    review = from_plain({key: value for key, value in record.items() if value not in (None, "")}, Review)
    if not (review.fingerprint or review.question or (review.target and review.indicator)):
        raise ValueError("没有写明是哪个问题（fingerprint、question，或target加indicator）")
    return review


def probe_from(record: Mapping[str, Any]) -> Probe:
    """One line of a probes file; KeyError or ValueError names what is missing."""
    known = {"failure": "", **{key: value for key, value in record.items() if value is not None}}
    probe = from_plain(known, Probe)
    if not isinstance(probe.at, datetime):
        raise ValueError("at 不是时间")
    return probe
