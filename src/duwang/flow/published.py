"""What was published in the period, as tables a notice counts from: websites by kind and unit, accounts by unit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from duwang.flow.publications import Publication

SITES, ACCOUNTS = "信息发布", "新媒体发布"
_KINDS = {"普通": "普通文章信息", "信息公开": "信息公开文章", "转载": "转载国家、省、市信息"}
Row = Mapping[str, str]


def published_tables(publications: Iterable[Publication]) -> dict[str, tuple[Row, ...]]:
    """Tables by name; a kind of place where nothing was published has none."""
    sites: Counter[tuple[str, str]] = Counter()
    accounts: Counter[str] = Counter()
    for one in publications:
        if one.target.startswith("site/"):
            sites[_KINDS.get(one.kind, one.kind), one.org] += 1
        else:
            accounts[one.org] += 1
    tables: dict[str, tuple[Row, ...]] = {
        SITES: tuple({"类别": kind, "单位": org, "条数": str(n)} for (kind, org), n in sorted(sites.items())),
        ACCOUNTS: tuple({"单位": org, "条数": str(n)} for org, n in sorted(accounts.items())),
    }
    return {name: rows for name, rows in tables.items() if rows}
