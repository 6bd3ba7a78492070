"""Decorators that keep a view to the people who have the right."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from duwang.console.people.models import Person
from duwang.console.people.roles import Right, may

View = Callable[..., HttpResponse]


def needs(right: Right) -> Callable[[View], View]:
    """403 without the right; the login itself is demanded by the gate for every address that is not public."""

    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            require(request, right)
            return view(request, *args, **kwargs)

        guarded.right = right  # type: ignore[attr-defined]
        return guarded

    return wrap


def person_of(request: HttpRequest) -> Person:
    """The person behind a request that passed the gate."""
    return cast(Person, request.user)


def require(request: HttpRequest, right: Right) -> Person:
    person = person_of(request)
    if not may(person.role, right):
        raise PermissionDenied(f"您的角色“{person.role}”没有“{right}”的权限")
    return person
