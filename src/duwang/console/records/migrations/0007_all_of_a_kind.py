"""The tab of all findings under a filter, in its order: without the standing in between no sorting is left."""

from __future__ import annotations

from django.db import migrations, models

_ALL = {
    "find_all_severity": ["round", "severity", "lead", "rank", "id", "kind"],
    "find_all_kind": ["round", "kind", "lead", "rank", "id"],
    "find_all_check": ["round", "check_id", "lead", "rank", "id", "severity", "kind"],
    "find_fate": ["round", "fate", "lead", "rank", "id", "check_id", "severity", "kind"],
}


class Migration(migrations.Migration):
    dependencies = [("records", "0006_cases_from_indexes")]
    operations = [
        migrations.RemoveIndex("findingrow", "find_fate"),
        *(migrations.AddIndex("findingrow", models.Index(fields=fields, name=name)) for name, fields in _ALL.items()),
    ]
