"""Inspect one loopback site for its links, and read what was said of them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from duwang.flow.inspection import inspect
from duwang.flow.linking import link_states
from duwang.flow.registry import load
from duwang.flow.settings import Settings
from duwang.flow.work import WorkStore
from duwang.model.material import LinkState


def look(root: str, out: Path, *, checks: tuple[str, ...] = ("reach",), **more: Any) -> dict[str, LinkState]:
    """Inspect one address as registry; link states by address."""
    settings = Settings(out=out, as_of=date(2024, 9, 30), delay=0, allow_loopback=True, documents=False, registry_text=root, checks=checks, **more)  # fmt: skip
    registry = load(root)
    inspect(registry, settings, progress=lambda message: None)
    store = WorkStore(out / "work" / "state.sqlite")
    states = {state.url: state for state in link_states(registry.sites[0].ref, store=store)}
    store.close()
    return states


def findings(out: Path, check: str) -> list[dict[str, Any]]:
    """The findings of one check."""
    lines = map(json.loads, (out / "findings.jsonl").read_text("utf-8").splitlines())
    return [line for line in lines if line["check"] == check]
