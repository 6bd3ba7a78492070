"""One small county served for the whole session, inspected in rounds: what these tests read is what `duwang inspect` writes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from duwang.flow.folder import Folder
from duwang.flow.inspection import inspect
from duwang.flow.registry import load
from duwang.flow.settings import Settings
from duwang.model.period import Span
from kit import small_county
from kit.small_county import AS_OF, Web, build, serving


@dataclass(frozen=True)
class County:
    """The served pages, the written ledger, and a way to inspect them."""

    web: Web
    ledger: Path
    root: str

    def inspect(self, out: Path, **more: object) -> Folder:
        asked = Settings(
            out=out, as_of=AS_OF, period=Span.parse("2024Q3"), delay=0, allow_loopback=True, registry_text=str(self.ledger)
        )  # fmt: skip
        clock = lambda: datetime(2024, 10, 1, 8, tzinfo=UTC)  # noqa: E731
        inspect(load(self.ledger), replace(asked, **more), progress=lambda message: None, clock=clock)
        return Folder(out)


@pytest.fixture(scope="session")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[County]:
    web = Web()
    build(web)
    with serving(web) as root:
        yield County(web, small_county.ledger(tmp_path_factory.mktemp("ledger"), root), root)


@pytest.fixture(scope="session")
def first(county: County, tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """The first round, 2024Q3."""
    return county.inspect(tmp_path_factory.mktemp("first") / "out")


@pytest.fixture(scope="session")
def second(county: County, first: Folder, tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """The next round: one page withdrawn, one broken, one mended; the county is put back afterwards."""
    kept = dict(county.web.pages)
    del county.web.pages["/a/1/2.html"]
    county.web.pages["/a/1/3.html"] = (500, "")
    status, text = kept["/a/1/4.html"]
    county.web.pages["/a/1/4.html"] = (status, text.replace("13912340000", ""))
    later = Span(date(2024, 7, 1), date(2024, 9, 30), "2024Q3")
    folder = county.inspect(
        tmp_path_factory.mktemp("second") / "out", previous=first.path, period=later, as_of=date(2024, 10, 8)
    )
    county.web.pages.update(kept)
    return folder


@pytest.fixture(scope="session")
def third(county: County, second: Folder, tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """A third round in which everything stands as in the first one again."""
    return county.inspect(tmp_path_factory.mktemp("third") / "out", previous=second.path, as_of=date(2024, 10, 9))
