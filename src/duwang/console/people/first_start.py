"""The one-time setup token: printed by the first start, good until an administrator exists. There is no default password."""

from __future__ import annotations

import hmac
import secrets
from pathlib import Path

from django.conf import settings

from duwang.console.people.models import Person
from duwang.console.people.roles import Role


def token() -> str:
    """The token while no administrator exists, else empty."""
    if Person.objects.filter(role=Role.ADMIN).exists():
        return ""
    path = _path()
    if not path.is_file():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(24), "ascii")
    return path.read_text("ascii").strip()


def valid(given: str) -> bool:
    expected = token()
    return bool(expected) and hmac.compare_digest(given.encode(), expected.encode())


def use_up() -> None:
    _path().unlink(missing_ok=True)


def _path() -> Path:
    return Path(settings.DATA) / "setup.token"
