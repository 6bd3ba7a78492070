"""Writing to the log and proving that it was not touched."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.http import HttpRequest

from duwang.console.audit.models import Entry

BEGINNING = "0" * 64


def record(act: str, *, request: HttpRequest | None = None, who: str = "", target: str = "", **detail: Any) -> Entry:
    """Append one act; the last digest is read and the new one written in one transaction."""
    if request is not None and not who:
        who = getattr(request.user, "username", "") or "匿名"
    address = request.META.get("REMOTE_ADDR", "") if request is not None else ""
    with transaction.atomic():
        last = Entry.objects.select_for_update().order_by("-id").values_list("digest", flat=True).first()
        fields = {
            "at": datetime.now(UTC).replace(microsecond=0), "who": who or "系统", "address": address, "act": act, "target": target[:300],
            "detail": detail,
        }  # fmt: skip
        previous = last or BEGINNING
        return Entry.objects.create(**fields, previous=previous, digest=_digest(previous, fields))


def faults() -> list[str]:
    """One Chinese sentence for every entry that does not fit its chain; empty = untouched."""
    found, previous = [], BEGINNING
    for entry in Entry.objects.order_by("id").iterator(chunk_size=2000):
        fields = {name: getattr(entry, name) for name in ("at", "who", "address", "act", "target", "detail")}
        if entry.previous != previous:
            found.append(f"第{entry.pk}条之前有记录被删除或插入")
        elif entry.digest != _digest(previous, fields):
            found.append(f"第{entry.pk}条被改动过")
        previous = entry.digest
    return found


def _digest(previous: str, fields: dict[str, Any]) -> str:
    written = {**fields, "at": fields["at"].astimezone(UTC).isoformat()}
    text = json.dumps(written, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(f"{previous}\x1f{text}".encode()).hexdigest()
