from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0003_shared_views")]
    operations = [
        migrations.AddIndex("caserow", models.Index(fields=["org", "state", "due", "relapsed"], name="case_tally")),
        migrations.AddIndex("caserow", models.Index(fields=["due", "org", "number"], name="case_listed")),
        migrations.AddIndex("findingrow", models.Index(fields=["round", "check_id", "quote"], name="find_quote")),
    ]
