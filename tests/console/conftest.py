"""A console with one judged round and one person of every role; skipped where Django is not installed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("django", reason="没有安装控制台（pip install duwang[console]），跳过")

from django.test import Client

from console.scene import build_round, import_ledger, people_of_every_role
from duwang.console.people.models import Person
from duwang.console.people.roles import Role
from duwang.console.records.models import Round


@pytest.fixture(autouse=True)
def quick_passwords(settings: Any) -> None:
    """People of tests are made by the dozen."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def data(settings: Any, tmp_path: Path) -> Path:
    """The data folder of this test."""
    settings.DATA, settings.ROUNDS, settings.UPLOADS = tmp_path, tmp_path / "rounds", tmp_path / "uploads"
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {**settings.STORAGES["default"], "OPTIONS": {"location": str(tmp_path / "uploads")}},
    }
    settings.CACHES = {**settings.CACHES, "kept": {**settings.CACHES["kept"], "LOCATION": str(tmp_path / "prepared")}}
    settings.TOTP_REQUIRED = False
    return tmp_path


@pytest.fixture
def round_(db: None, data: Path) -> Round:
    """A finished round: a portal and an account, findings of two units, some equal ones."""
    import_ledger(data)
    return build_round(data, "2024年第三季度检查", as_of=date(2024, 9, 30))


@pytest.fixture
def people(db: None) -> dict[Role, Person]:
    return people_of_every_role()


@pytest.fixture
def as_role(people: dict[Role, Person]) -> Callable[[Role], Client]:
    """A client that is logged in as the person of a role."""

    def login(role: Role) -> Client:
        client = Client()
        client.force_login(people[role], backend="django.contrib.auth.backends.ModelBackend")
        return client

    return login
