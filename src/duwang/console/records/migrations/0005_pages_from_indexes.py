"""The indexes hold all that the way to a page of a list needs: deep pages and rare filters no longer touch the rows."""

from __future__ import annotations

from django.db import migrations, models

_FINDINGS = {
    "find_lead": ["round", "lead", "standing", "rank", "id", "fate"],
    "find_severity": ["round", "severity", "lead", "standing", "rank", "id", "fate", "kind"],
    "find_kind": ["round", "kind", "lead", "standing", "rank", "id", "fate"],
    "find_check": ["round", "check_id", "lead", "standing", "rank", "id", "fate", "severity", "kind"],
    "find_org": ["round", "org", "lead_in_org", "standing", "rank", "id", "fate", "check_id", "severity", "kind"],
    "find_owner": ["round", "owner", "standing", "rank", "id", "fate", "lead", "lead_in_org"],
    "find_question": ["round", "question", "org", "id"],
    "find_quote": ["round", "check_id", "quote", "standing", "lead"],
}
_CASES = {"case_listed": ["due", "org", "number", "state", "relapsed"]}


class Migration(migrations.Migration):
    dependencies = [("records", "0004_quick_lists")]
    operations = [
        step
        for model, made in (("findingrow", _FINDINGS), ("caserow", _CASES))
        for name, fields in made.items()
        for step in (
            migrations.RemoveIndex(model, name),
            migrations.AddIndex(model, models.Index(fields=fields, name=name)),
        )
    ]
