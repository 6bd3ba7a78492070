"""The official training documents one by one with their kinds, and which of them the models that judge them have not seen."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

FILES = ("train-01", "train-02", "train-03")
PARTS = 6  # every sixth document is held out
POLICY = {
    "local-policy-document", "state-council-document", "plan", "ministry-document", "official-interpretation",
    "statistical-communique", "work-report", "npc-resolution",
}  # fmt: skip


def documents_of(folder: Path, name: str) -> list[str]:
    """The documents of one file; the last is empty, because the file ends with an empty line."""
    with gzip.open(folder / f"{name}.txt.gz", "rt", encoding="utf-8") as file:
        return file.read().split("\n\n")


def kinds(folder: Path) -> dict[str, list[str]]:
    """For every file the kind of each of its documents, "" for the empty last one."""
    with (folder / "documents.tsv").open(encoding="utf-8") as lines:
        listed = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        known = [row["kind"] for row in listed if row["split"] == "train"]
    made, at = {}, 0
    for name in FILES:
        count = len(documents_of(folder, name)) - 1
        made[name] = [*known[at : at + count], ""]
        at += count
    return made


def held_out(folder: Path) -> list[tuple[str, str]]:
    """(text, kind) of every sixth document of each file."""
    of = kinds(folder)
    return [pair for name in FILES for pair in list(zip(documents_of(folder, name), of[name], strict=True))[::PARTS]]
