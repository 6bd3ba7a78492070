"""Rounds keep how many findings met which fate, not which ones: those stand in the folder and in the finding rows."""

from __future__ import annotations

from typing import Any

from django.db import migrations


def count(apps: Any, _: Any) -> None:
    for round_ in apps.get_model("records", "Round").objects.all().iterator(1):
        rounds = {
            fate: one if isinstance(one, int) else len(one)
            for fate, one in (round_.summary.get("rounds") or {}).items()
        }
        kept = {key: round_.summary[key] for key in ("site", "account") if key in round_.summary}
        round_.summary = kept | {"rounds": rounds} if round_.summary else {}
        round_.save(update_fields=["summary"])


class Migration(migrations.Migration):
    dependencies = [("records", "0001_initial")]
    operations = [migrations.RunPython(count, migrations.RunPython.noop)]
