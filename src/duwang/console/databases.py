"""Which database: SQLite in the data folder, or PostgreSQL by `postgres://user:password@host:port/name`."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

# The planner's own figures are for disks that turn, and sort in 4 MB: a page of a large list would be had by reading the table whole.
_PLANNING = "-c random_page_cost=1.1 -c work_mem=16MB"


def database_from(url: str, *, data: Path) -> dict[str, Any]:
    """Django's settings of the one database; ImproperlyConfigured with a sentence when the address is no database."""
    if not url:
        return _sqlite(data / "duwang.sqlite3")
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(Path(parts.path))
    if parts.scheme not in ("postgres", "postgresql"):
        raise ImproperlyConfigured(
            f"DUWANG_DATABASE_URL 写法不对：{parts.scheme}，应写成 postgres://用户:密码@主机:5432/库名"
        )
    options = dict(parse_qsl(parts.query))
    options["options"] = f"{_PLANNING} {options.get('options', '')}".strip()
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 300,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def _sqlite(path: Path) -> dict[str, Any]:
    """Writers queue up at BEGIN instead of failing at COMMIT; readers are never blocked. The file is mapped up to 2 GiB: reading a
    page of a large one costs no copy; what a great import left in the log is cut off when it is taken over."""
    pragmas = ("journal_mode=WAL", "synchronous=NORMAL", "cache_size=-65536", f"mmap_size={2**31 - 65536}", "journal_size_limit=67108864")  # fmt: skip
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": 300,
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "".join(f"PRAGMA {pragma};" for pragma in pragmas),
        },
    }
