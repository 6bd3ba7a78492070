from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0002_numbers")]
    operations = [
        migrations.AddField("savedview", "role", models.CharField("同角色可见", max_length=10, blank=True, default=""))
    ]
