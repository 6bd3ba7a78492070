"""What people wrote into our documents and what was read is never written over: it is set aside under another name first."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

from duwang.bulletin.faults import BulletinFault
from duwang.bulletin.reviews_sheet import read_reviews
from duwang.model.verdicts import Review

EDITED, UNREAD, BEFORE = "改过的", "没有读入的", "原来的检查"
_APP, _CORE = "docProps/app.xml", "docProps/core.xml"
_TIME = {name: re.compile(rb"<dcterms:%b[^>]*>([^<]*)<" % name.encode()) for name in ("created", "modified")}


def set_aside_notice(path: Path, fresh: bytes) -> Path | None:
    """The other name of a docx that an office program has saved since; None when it is as we wrote it, or is not there."""
    if path.suffix.lower() != ".docx" or not path.is_file():
        return None
    before, ours = _properties(path.read_bytes()), _properties(fresh)
    if before is None or ours is None or (before[0] == ours[0] and not _saved_later(before[1])):
        return None
    return _moved(path, EDITED)


def set_aside_list(path: Path, known: Iterable[Review]) -> tuple[Path, int] | None:
    """The other name of a 问题清单.xlsx in which words stand that nobody has read in, and how many; None when there are none."""
    if not path.is_file():
        return None
    try:
        written = read_reviews(path.read_bytes())
    except BulletinFault:  # filled in with words that cannot be read: they are somebody's all the same
        return _moved(path, UNREAD), 0
    said = {_key(review) for review in known}
    unread = sum(_key(review) not in said for review in written)
    return (_moved(path, UNREAD), unread) if unread else None


def set_aside_round(folder: Path, names: Iterable[str], *, also: Iterable[str] = ()) -> Path:
    """A finished round into a folder beside its own, so that what it names as the round before is still found: `names` are moved,
    `also` copied. Its evidence is not to be had a second time."""
    place = folder.resolve()
    aside = _free(place.with_name(f"{place.name}（{BEFORE}）"))
    aside.mkdir()
    for name in names:
        if (place / name).exists():
            (place / name).rename(aside / name)
    for name in also:
        if (place / name).is_file():
            shutil.copy2(place / name, aside / name)
    return aside


def _key(review: Review) -> tuple[object, ...]:
    return (
        review.fingerprint, review.question, review.target, review.indicator, review.decision, review.answer, review.count,
    )  # fmt: skip


def _properties(package: bytes) -> tuple[bytes, bytes] | None:
    try:
        with zipfile.ZipFile(BytesIO(package)) as archive:
            names = set(archive.namelist())
            return tuple(archive.read(name) if name in names else b"" for name in (_APP, _CORE))  # type: ignore[return-value]
    except (zipfile.BadZipFile, OSError, RuntimeError):
        return None


def _saved_later(core: bytes) -> bool:
    created, modified = (found[1] if (found := _TIME[name].search(core)) else b"" for name in ("created", "modified"))
    return created != modified


def _moved(path: Path, why: str) -> Path:
    """Beside it, with the first free number."""
    return path.rename(_free(path.with_name(f"{path.stem}（{why}）{path.suffix}")))


def _free(path: Path) -> Path:
    """The same, or with the first number before the closing bracket that no file has."""
    head, bracket, tail = path.name.rpartition("）")
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_name(f"{head}{number}{bracket}{tail}")
    return free
