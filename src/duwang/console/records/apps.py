from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate


class RecordsConfig(AppConfig):
    name = "duwang.console.records"
    label = "records"
    verbose_name = "记录"

    def ready(self) -> None:
        connection_created.connect(_teach, dispatch_uid="duwang pairs")
        post_migrate.connect(_make, sender=self, dispatch_uid="duwang pairs")


def _teach(connection: Any, **_: Any) -> None:
    from duwang.console.records import pairtables

    pairtables.teach(connection)


def _make(using: str, **_: Any) -> None:
    from django.db import connections

    from duwang.console.records import pairtables

    pairtables.make_all(connections[using])
