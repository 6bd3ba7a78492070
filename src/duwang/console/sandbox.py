"""Pages that hold other people's text: an origin of their own, no scripts, no requests."""

from __future__ import annotations

from csp.constants import NONE, SELF, UNSAFE_INLINE
from django.http import HttpResponse


def sandboxed(answer: HttpResponse) -> HttpResponse:
    """The answer under a policy that lets it show text and embedded pictures and nothing else."""
    answer._csp_replace = {  # type: ignore[attr-defined]
        "default-src": [NONE],
        "style-src": [UNSAFE_INLINE],
        "img-src": ["data:"],
        "script-src": [NONE],
        "sandbox": [""],
        "frame-ancestors": [SELF],
    }
    answer["X-Frame-Options"] = "SAMEORIGIN"
    return answer
