"""What a person asks of an inspection."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from duwang.flow.wordlists import Wordlists
from duwang.model.period import Span


@dataclass(frozen=True, slots=True)
class Settings:
    """One `duwang inspect`. `period` None = everything reachable; `max_pages` counts pages of one site, attachments apart.
    `since` opens list items back to that day whatever the period, `everything` all of them; the judgement keeps its period.
    `browser_pages`: how many pages of a site a browser looks at for what only it shows; 0 = none."""

    out: Path
    as_of: date
    period: Span | None = None
    edition: str = "national-2019"
    overlays: tuple[str, ...] = ()
    previous: Path | None = None
    probes: Path | None = None
    only: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()
    max_pages: int = 5000
    delay: float = 0.5
    allow_loopback: bool = False
    resume: bool = False
    check_links: bool = True
    documents: bool = True
    registry_text: str = ""
    since: date | None = None
    everything: bool = False
    browser_pages: int = 0
    lists: Wordlists = field(default_factory=Wordlists)

    @property
    def second_look_after(self) -> float:
        """Seconds between the end of reading and the second look at what failed; a run without delay does not wait."""
        return min(20.0, 40 * self.delay)

    def fixed(self) -> dict[str, object]:
        """What must be the same when a run is resumed."""
        return {
            "as_of": self.as_of.isoformat(),
            "period": self.period.name if self.period else "",
            "edition": self.edition,
            "overlays": list(self.overlays),
            "only": list(self.only),
            "checks": list(self.checks),
            "since": self.since.isoformat() if self.since else "",
            "everything": self.everything,
            "registry": self.registry_text,
            **({"wordlists": self.lists.digest} if self.lists.digest else {}),
        }
