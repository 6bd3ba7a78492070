"""JSON Schemas of the inspection folder: taken from the model types where there is one, written out where there is none."""

from __future__ import annotations

from typing import Any

import msgspec

from duwang.flow.pagehistory import PageLife
from duwang.flow.publications import Publication
from duwang.flow.upcoming import Upcoming
from duwang.judge.rounds import Past
from duwang.model.findings import Finding, Outcome
from duwang.model.material import Probe
from duwang.model.verdicts import Case, Review, Verdict

_COUNT = {"type": "integer", "minimum": 0}
_FAILED = {"type": "object", "additionalProperties": _COUNT}


def _object(
    properties: dict[str, Any], *, required: tuple[str, ...] | None = None, open_ended: bool = False
) -> dict[str, Any]:
    needed = list(properties) if required is None else list(required)
    return {"type": "object", "properties": properties, "required": needed, "additionalProperties": open_ended}


def _strict(kind: Any) -> dict[str, Any]:
    """Schema of a model type in which every field is written out."""
    schema = msgspec.json.schema(kind)
    for definition in schema.get("$defs", {}).values():
        if definition.get("type") == "object" and "properties" in definition:
            definition["required"] = list(definition["properties"])
            definition["additionalProperties"] = False
    return schema


_KIND = _object(
    {
        "checked": _COUNT, "qualified": _COUNT, "failed": _COUNT, "open": _COUNT, "with_problems": _COUNT,
        "rate": {"type": ["string", "number", "null"]},
        "rate_range": {"type": ["array", "null"], "items": {"type": "string"}, "minItems": 2, "maxItems": 2},
    },
    open_ended=True,
)  # fmt: skip
_FINGERPRINTS = {"type": "array", "items": {"type": "string"}, "uniqueItems": True}
_ROUNDS = _object(dict.fromkeys(("carried", "relapsed", "rectified", "new", "cannot_tell"), _FINGERPRINTS))
_PAGES = _object({"known": _COUNT, "read": _COUNT, "failed": _FAILED})
_ATTACHMENTS = _object({"known": _COUNT, "parsed": _COUNT, "failed": _FAILED})
_COVERAGE = _object(
    {
        "kind": {"enum": ["site", "account"]}, "route": {"type": "string"}, "seen": {"type": "number", "minimum": 0, "maximum": 1},
        "pages": _PAGES, "attachments": _ATTACHMENTS, "pictures": _PAGES, "columns": _object({"known": _COUNT, "read": _COUNT}),
        "notes": {"type": "array", "items": {"type": "string"}},
    },
    required=("kind", "route", "seen", "pages", "attachments", "columns"),
)  # fmt: skip
_STAMP = _object({"name": {"type": "string"}, "title": {"type": "string"}, "hash": {"type": "string", "minLength": 16}})
_RUN = _object(
    {
        "as_of": {"type": "string", "format": "date"}, "period": {"type": ["object", "null"]}, "edition": _STAMP,
        "overlays": {"type": "array", "items": _STAMP}, "versions": {"type": "object"}, "started": {"type": "string"},
        "finished": {"type": ["string", "null"]}, "complete": {"type": "boolean"},
    },
    open_ended=True,
)  # fmt: skip

SCHEMAS: dict[str, dict[str, Any]] = {
    "findings": _strict(Finding),
    "outcomes": _strict(Outcome),
    "verdicts": {**_strict(list[Verdict])},
    "reviews": msgspec.json.schema(Review),
    "cases": _strict(Case),
    "history": _strict(Past),
    "probes": _strict(Probe),
    "page-history": _strict(PageLife),
    "publications": _strict(Publication),
    "upcoming": _strict(Upcoming),
    "coverage": {"type": "object", "additionalProperties": _COVERAGE},
    "summary": _object(
        {
            "site": _KIND,
            "account": _KIND,
            "org": {"type": "object"},
            "check": {"type": "object", "additionalProperties": _COUNT},
            "rounds": _ROUNDS,
        },
        open_ended=True,
    ),
    "run": _RUN,
}
