"""Findings put together by what they say are counted from an index, of a check and of a unit."""

from __future__ import annotations

from django.db import migrations, models

_FOLDED = {
    "find_wording": ["round", "check_id", "wording", "standing", "lead", "rank", "org", "fate", "severity", "kind", "id"],
    "find_org": ["round", "org", "lead_in_org", "standing", "rank", "id", "fate", "check_id", "severity", "kind", "wording"],
}  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("records", "0008_wordings")]
    operations = [
        step
        for name, fields in _FOLDED.items()
        for step in (
            migrations.RemoveIndex("findingrow", name),
            migrations.AddIndex("findingrow", models.Index(fields=fields, name=name)),
        )
    ]
