from django.db import migrations, models


def _as_before(apps, schema_editor):
    """Rounds taken in before fold as they did: by their question."""
    apps.get_model("records", "FindingRow").objects.update(wording=models.F("question"))


class Migration(migrations.Migration):
    dependencies = [("records", "0007_all_of_a_kind")]
    operations = [
        migrations.RemoveIndex("findingrow", "find_quote"),
        migrations.AddField("findingrow", "wording", models.CharField(default="", max_length=16)),
        migrations.RunPython(_as_before, migrations.RunPython.noop),
        migrations.AddIndex(
            "findingrow", models.Index(fields=["round", "check_id", "wording", "standing", "lead"], name="find_wording")
        ),
    ]
