"""Stable references (refs) of everything that is inspected; a ref never changes because a name did."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from urllib.parse import urlsplit

_ROUTING_FRAGMENT = re.compile(r"^(\d+|[!/].*)$")
_INDEX_PAGE = re.compile(r"/(index|default)\.[a-z]{2,5}$", re.IGNORECASE)


@lru_cache(maxsize=4096)
def normalise_address(url: str) -> str:
    """Address without scheme, host in lower case, no fragment unless it routes, no trailing `index.*` or `/`. What is no
    address stands for itself."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").lower()
        port = f":{parts.port}" if parts.port and parts.port not in (80, 443) else ""
    except ValueError:
        return url.strip()
    path = _INDEX_PAGE.sub("/", parts.path).rstrip("/")
    query = f"?{parts.query}" if parts.query else ""
    fragment = f"#{parts.fragment}" if _ROUTING_FRAGMENT.match(parts.fragment) else ""
    return f"{host}{port}{path}{query}{fragment}"


@lru_cache(maxsize=4096)
def address_key(url: str) -> str:
    """First 10 hex digits of SHA-256 of the normalised address."""
    return hashlib.sha256(normalise_address(url).encode()).hexdigest()[:10]


def site_ref(code: str) -> str:
    return f"site/{code}"


def column_ref(code: str, url: str) -> str:
    return f"site/{code}/column/{address_key(url)}"


def page_ref(owner: str, url: str) -> str:
    """Ref of a page of a site, or of a post of an account; `owner` is the site's or account's ref."""
    return f"{owner}/page/{address_key(url)}"


def account_ref(platform: str, number: str) -> str:
    return f"account/{platform}/{number}"


def org_ref(name: str) -> str:
    return f"org/{name}"


def letter_ref(number: str) -> str:
    return f"letter/{number}"


def document_ref(name: str) -> str:
    return f"document/{name}"


def owner_of(ref: str) -> str:
    """The ref of the judged object that a column's, page's or post's ref belongs to (`site/…` or `account/…/…`)."""
    parts = ref.split("/")
    if parts[0] == "site":
        return "/".join(parts[:2])
    if parts[0] == "account":
        return "/".join(parts[:3])
    return ref


@lru_cache(maxsize=4096)
def host_of(url: str) -> str:
    """Host with its port when that is not a usual one; empty when there is none."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
        return f"{host}:{parts.port}" if host and parts.port and parts.port not in (80, 443) else host
    except ValueError:
        return ""


_SECOND_LEVEL = frozenset(["gov", "com", "org", "net", "edu", "ac", "mil", "co", "gob", "go", "or", "ne", "gen", "idv"])
_PROVINCES = frozenset(
    [
        "bj",
        "sh",
        "tj",
        "cq",
        "he",
        "sx",
        "nm",
        "ln",
        "jl",
        "hl",
        "js",
        "zj",
        "ah",
        "fj",
        "jx",
        "sd",
        "ha",
        "hb",
        "hn",
        "gd",
        "gx",
        "hi",
        "sc",
        "gz",
        "yn",
        "xz",
        "sn",
        "gs",
        "qh",
        "nx",
        "xj",
        "tw",
        "hk",
        "mo",
    ]
)


def registrable_domain(host: str) -> str:
    """What somebody registered of a host name: `news.sina.com.cn` → `sina.com.cn`, `www.x.gov.cn` → `x.gov.cn`; numbers stay."""
    bare = host.partition(":")[0].lower().rstrip(".") if not host.startswith("[") else host
    parts = bare.split(".")
    if len(parts) <= 2 or parts[-1].isdigit() or host.startswith("["):
        return bare
    double = len(parts[-1]) == 2 and (parts[-2] in _SECOND_LEVEL or (parts[-1] == "cn" and parts[-2] in _PROVINCES))
    return ".".join(parts[-3:] if double else parts[-2:])
