"""Tokens: made once, shown once, kept as SHA-256; each acts for its owner within its scopes."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest
from ninja.errors import HttpError
from ninja.security import HttpBearer

from duwang.console.people.models import Person
from duwang.console.records.models import ApiToken

PER_MINUTE = 240


class Scope(StrEnum):
    TEXT = "文稿检查"
    MANUSCRIPTS = "提交审校"
    LEDGER = "读取名录"
    FINDINGS = "读取问题"
    CASES = "读取整改"
    VERDICTS = "读取判定"
    BULLETINS = "读取通报"


def issue(
    owner: Person, *, name: str, scopes: Iterable[Scope], expires_at: datetime | None = None
) -> tuple[ApiToken, str]:
    """A new token and its secret, which is not kept."""
    secret = f"dw_{secrets.token_urlsafe(32)}"
    made = ApiToken.objects.create(
        owner=owner,
        name=name,
        scopes=sorted(scope.value for scope in scopes),
        digest=_digest(secret),
        expires_at=expires_at,
    )
    return made, secret


class Token(HttpBearer):
    """Finds the token of a request; expired, revoked or unknown ones get 401, too many requests 429."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        now = datetime.now(UTC)
        found = ApiToken.objects.select_related("owner").filter(digest=_digest(token), revoked=False).first()
        if found is None or not found.owner.is_active or (found.expires_at and found.expires_at <= now):
            return None
        _slow_down(found, now)
        ApiToken.objects.filter(pk=found.pk).update(used_at=now)
        request.user = found.owner
        return found


def demand(request: HttpRequest, scope: Scope) -> Person:
    """The owner, when the token has the scope; 403 otherwise."""
    token: ApiToken = request.auth  # type: ignore[attr-defined]
    if scope.value not in token.scopes:
        raise HttpError(403, f"令牌没有“{scope}”的范围")
    return token.owner


def _slow_down(token: ApiToken, now: datetime) -> None:
    key = f"api:{token.pk}:{now:%Y%m%d%H%M}"
    cache.add(key, 0, timeout=120)
    if cache.incr(key) > PER_MINUTE:
        raise HttpError(429, f"请求过于频繁，每分钟最多{PER_MINUTE}次")


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
