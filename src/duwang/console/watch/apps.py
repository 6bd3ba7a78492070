from __future__ import annotations

from django.apps import AppConfig


class WatchConfig(AppConfig):
    name = "duwang.console.watch"
    label = "watch"
    verbose_name = "24小时读网"
