from __future__ import annotations

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "duwang.console.records"
    label = "records"
    verbose_name = "记录"
