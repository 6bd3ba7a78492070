"""Cases by state, unit and deadline: the whole way to a page from one index. The bare state and the bare unit with state go: they
led the planner to sort a quarter of a million cases for the first eighty."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0005_pages_from_indexes")]
    operations = [
        migrations.RemoveIndex("caserow", "records_cas_org_7c1b96_idx"),
        migrations.RemoveIndex("caserow", "case_tally"),
        migrations.AlterField("caserow", "state", models.CharField("状态", max_length=6)),
        migrations.AddIndex(
            "caserow", models.Index(fields=["state", "due", "org", "number", "relapsed"], name="case_state")
        ),
        migrations.AddIndex(
            "caserow", models.Index(fields=["org", "state", "due", "number", "relapsed"], name="case_tally")
        ),
        migrations.AddIndex(
            "caserow",
            models.Index(fields=["due", "org", "number"], condition=models.Q(relapsed=True), name="case_relapsed"),
        ),
    ]
