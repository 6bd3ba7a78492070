"""Backup and restore: what people entered as JSON, the folders as they are; the index is rebuilt. Moves between databases, too."""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
import zlib
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.core.management import call_command

from duwang import __version__

_REBUILT = (
    "records.FindingRow",
    "records.Tally",
    "records.VerdictRow",
    "sessions",
    "contenttypes",
    "auth.permission",
    "axes",
)
_FOLDERS = ("rounds", "uploads", "papers", "fonts")
BACKUPS = "backups"  # a folder of the data folder that is not backed up itself
_ROWS, _CARD = "rows.json", "backup.json"


class BackupFault(Exception):
    """A backup that cannot be made or used; the text is for people."""


def backup(target: Path) -> Path:
    """Write one .tar.gz with rows, folders and a card naming version, time and the rows' SHA-256."""
    data, rows = Path(settings.DATA), io.StringIO()
    call_command("dumpdata", exclude=list(_REBUILT), natural_foreign=True, stdout=rows, verbosity=0)
    content = rows.getvalue().encode()
    card = {
        "version": __version__, "at": datetime.now(UTC).isoformat(timespec="seconds"), "rows_sha256": hashlib.sha256(content).hexdigest(),
    }  # fmt: skip
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(target.name + ".new")
    with tarfile.open(fresh, "w:gz", compresslevel=3) as archive:
        _add(archive, _CARD, json.dumps(card, ensure_ascii=False).encode())
        _add(archive, _ROWS, content)
        for name in _FOLDERS:
            if (data / name).is_dir():
                archive.add(data / name, arcname=name)
        if (data / "secret.key").is_file():
            archive.add(data / "secret.key", arcname="secret.key")
    fresh.replace(target)
    return target


def restore(source: Path) -> int:
    """Fill an empty data folder and database from a backup; returns the number of rounds indexed anew."""
    from duwang.console.people.models import Person

    if Person.objects.exists():
        raise BackupFault("数据库里已有人员，不能恢复到有数据的系统；请指定新的数据目录")
    data = Path(settings.DATA)
    try:
        with tarfile.open(source, "r:gz") as archive:
            card, content = _read(archive, _CARD), _read(archive, _ROWS)
            if hashlib.sha256(content).hexdigest() != json.loads(card)["rows_sha256"]:
                raise BackupFault(f"{source} 的数据与校验值不符，可能损坏")
            safe = [one for one in archive.getmembers() if _safe(one)]
            archive.extractall(data, members=safe, filter="data")
    except (tarfile.TarError, OSError, EOFError, zlib.error, KeyError, ValueError) as fault:
        raise BackupFault(f"{source} 不是读网的备份，或者已损坏（{type(fault).__name__}）") from None
    rows = data / "restore-rows.json"
    rows.write_bytes(content)
    try:
        call_command("loaddata", str(rows), verbosity=0)
    finally:
        rows.unlink(missing_ok=True)
    return reindex()


def reindex() -> int:
    """Build the index of every finished round again from its folder, oldest first."""
    from duwang.console.records import indexing
    from duwang.console.records.models import Round
    from duwang.console.rounds.choosing import FINISHED

    rounds = Round.objects.filter(state__in=FINISHED).order_by("as_of", "id")
    for round_ in rounds:
        stale = round_.stale
        indexing.index(round_)
        Round.objects.filter(pk=round_.pk).update(stale=stale)
    return len(rounds)


def _add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(content)
    archive.addfile(member, io.BytesIO(content))


def _read(archive: tarfile.TarFile, name: str) -> bytes:
    member = archive.extractfile(name)
    if member is None:
        raise KeyError(name)
    return member.read()


def _safe(member: tarfile.TarInfo) -> bool:
    path = PurePosixPath(member.name)
    inside = not path.is_absolute() and ".." not in path.parts
    return inside and (path.parts[0] in _FOLDERS or member.name == "secret.key") and (member.isfile() or member.isdir())
