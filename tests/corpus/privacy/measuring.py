"""Plants numbers in files, looks at them as `duwang text` does, counts what was found and what was found wrongly."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from corpus.privacy.files import BY_OFFICE, OWN, name_of, office_batch, write
from corpus.privacy.innocents import innocent
from corpus.privacy.layouts import Piece, Planted, layout
from duwang.checks.check import all_checks
from duwang.model.findings import Severity
from duwang.model.masking import keep_ends
from duwang.model.material import Document
from duwang.reading.any_file import read_any
from duwang.reading.attachment import read_attachment

AS_OF = date(2024, 9, 30)


@dataclass(slots=True)
class Tally:
    """Numbers planted and found by kind of file, misses and false findings with an example each."""

    planted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)
    examples: list[str] = field(default_factory=list)
    serious: Counter[bool] = field(default_factory=Counter)  # veto-grade findings: right, wrong

    @property
    def recall(self) -> float:
        return self.found.total() / self.planted.total() if self.planted else 0.0


def gathered(make: Callable[[random.Random], Planted], pick: random.Random, count: int) -> list[Planted]:
    """Pieces until `count` numbers are planted."""
    made: list[Planted] = []
    while sum(len(one.numbers) for one in made) < count:
        made.append(make(pick))
    return made


def documents(
    make: Callable[[random.Random], Planted], *, count: int, seed: int, folder: Path | None, kinds: Sequence[str] = OWN
) -> Iterator[tuple[str, Document, list[Planted]]]:
    """(kind of file, what was read of it, what is in it). `folder`: where LibreOffice may work; without it its kinds are left out."""
    pick = random.Random(seed)
    every = [*kinds, *(BY_OFFICE if folder is not None else ())]
    for kind in every:
        planted = gathered(make, pick, count // len(every))
        bundles = [planted[at : at + 12] for at in range(0, len(planted), 12)]
        sources: dict[str, Sequence[Piece]] = {
            f"{kind}{n}": [piece for one in bundle for piece in one.pieces] for n, bundle in enumerate(bundles)
        }
        bodies = (
            {name: write(kind, pieces) for name, pieces in sources.items()}
            if kind in OWN
            else office_batch(sources, kind, folder / kind)
            if folder
            else {}
        )
        for (name, body), bundle in zip(bodies.items(), bundles, strict=False):
            document = read_any(
                body,
                name=name_of(name, kind),
                reader=lambda content, named, type_: read_attachment(content, name=named, content_type=type_),
            )
            yield kind, document, bundle


def planted_tally(*, count: int, seed: int, folder: Path | None = None) -> Tally:
    """How many of the planted ID numbers are found, by kind of file."""
    tally = Tally()
    for kind, document, bundle in documents(layout, count=count, seed=seed, folder=folder):
        wanted = Counter(keep_ends(number, 2, 3) for one in bundle for number in one.numbers)
        told = [(quote, grade) for check, quote, grade in looked(document) if check == "privacy/id-number"]
        seen = Counter(quote for quote, _ in told)
        tally.serious.update(quote in wanted for quote, grade in told if grade is Severity.SERIOUS)
        tally.planted[kind] += wanted.total()
        tally.found[kind] += (wanted & seen).total()
        tally.false[kind] += (seen - wanted).total()
        for missed in (wanted - seen).elements():
            of = next(one for one in bundle if missed in {keep_ends(number, 2, 3) for number in one.numbers})
            tally.examples.append(f"漏 {kind} {of.layout} {missed}")
    return tally


def innocent_tally(*, count: int, seed: int, folder: Path | None = None) -> Tally:
    """How many look-alikes are reported by any privacy check, hints included."""
    tally = Tally()
    for kind, document, bundle in documents(innocent, count=count, seed=seed, folder=folder):
        tally.planted[kind] += sum(len(one.numbers) for one in bundle)
        for check, quote, grade in looked(document):
            tally.false[check] += 1
            tally.serious[False] += grade is Severity.SERIOUS
            tally.examples.append(f"误 {kind} {check} {quote}")
    return tally


def looked(document: Document) -> Iterator[tuple[str, str, Severity]]:
    """(check, quote, severity) of every privacy finding of a text."""
    subject = replace(document, medium="text")
    for check in all_checks().values():
        if check.family == "privacy":
            for draft in check.look(subject, as_of=AS_OF, settings={}):
                yield check.id, draft.quote, draft.severity
