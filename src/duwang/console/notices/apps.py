from __future__ import annotations

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "duwang.console.notices"
    label = "notices"
    verbose_name = "提醒"
