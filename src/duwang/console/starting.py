"""What a start does: tables, the setup token, and on request a finished inspection with three people to look at it."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duwang.console.records.models import Round


@dataclass(frozen=True, slots=True)
class Login:
    """A demo person; the password is made at this start and printed once."""

    username: str
    password: str
    role: str


def prepare(data: Path, *, hosts: Sequence[str] = ()) -> None:
    """Set Django up on a data folder and bring its tables up to date. Call before anything else here."""
    data.mkdir(parents=True, exist_ok=True)
    os.environ["DUWANG_DATA"] = str(data)
    if hosts:
        os.environ["DUWANG_HOSTS"] = ",".join(hosts)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "duwang.console.settings")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)


def take_in_rounds(folders: Sequence[tuple[str, Path]]) -> int:
    """Take finished inspection folders in as rounds, oldest first, each the predecessor of the next; known names stay."""
    from duwang.console.records import cases, indexing
    from duwang.console.records.models import Round

    previous: Round | None = None
    number = 0
    for name, source in folders:
        round_ = Round.objects.filter(name=name).first()
        if round_ is None:
            round_ = _taken(name, source, previous)
            indexing.index(round_)
            cases.take_in(round_)
            number += 1
        previous = round_
    return number


def take_in_ledger(path: Path, *, source: str) -> int:
    """The ledger, when there is none yet; returns the number of lines."""
    from duwang.console.records import ledger
    from duwang.console.records.models import LedgerRow

    if LedgerRow.objects.exists():
        return 0
    return ledger.apply(ledger.preview(path), by=None, source=source)


def take_in_folder(folder: Path) -> int:
    """Everything a results folder holds: its ledger and its rounds (`round-1`, `round-2` … or the folder itself)."""
    from duwang.flow.folder import Folder

    rounds = [path for path in sorted(folder.glob("round-*")) if (path / "run.json").is_file()] or [folder]
    named = []
    for path in rounds:
        run = Folder(path).require().run()
        if not run.get("planned"):  # a round that looked at a few objects only is history, not a quarter
            named.append((f"{(run.get('period') or {}).get('in_words') or run['as_of']}检查", path))
    ledgers = sorted(folder.glob("ledger-*")) or sorted(folder.glob("ledger"))
    if ledgers:
        take_in_ledger(ledgers[-1], source=ledgers[-1].name)
    return take_in_rounds(named)


def demo_people_of_ledger() -> list[Login]:
    """Three people for the ledger at hand: the office that runs it, and the contact of the unit that owes most."""
    from django.db.models import Count

    from duwang.console.records.models import CaseRow, LedgerRow

    units = LedgerRow.objects.filter(sheet="单位", removed=False)
    top = units.filter(parent="").first()
    runs = LedgerRow.objects.filter(sheet__in=("网站", "新媒体"), removed=False).exclude(parent="")
    leading = runs.values("parent").annotate(n=Count("id")).order_by("-n").first()
    office = units.filter(name=leading["parent"]).first() if leading else None
    office = office or units.filter(name__contains="办公室").first() or top
    owing = CaseRow.objects.exclude(org="").values("org").annotate(n=Count("id")).order_by("-n").first()
    unit = owing["org"] if owing else (office.name if office else "")
    return demo_people(office.name if office else "", top.name if top else "", unit)


def demo_people(office: str, scope: str, unit: str) -> list[Login]:
    """A reviewer and an approver of the office and the contact of one unit, with new passwords at every start."""
    from duwang.console.people.models import Person
    from duwang.console.people.roles import Role

    wanted = (
        ("fuhe", "林知远", Role.REVIEWER, office, scope, True),
        ("shenpi", "周明谦", Role.APPROVER, office, scope, True),
        ("lianxi", "何清禾", Role.CONTACT, unit, "", False),
    )
    made = []
    for username, name, role, where, seen, everything in wanted:
        password = secrets.token_urlsafe(8)
        person, _ = Person.objects.get_or_create(username=username)
        person.full_name, person.role, person.unit, person.scope, person.sees_all = name, role, where, seen, everything
        person.must_change_password, person.raw_allowed = False, role is Role.REVIEWER
        person.set_password(password)
        person.save()
        made.append(Login(username, password, f"{role}（{name}，{where}）"))
    return made


def setup_token() -> str:
    from duwang.console.people import first_start

    return first_start.token()


def _taken(name: str, source: Path, previous: Round | None) -> Round:
    from datetime import date

    from duwang.console.records.models import Round
    from duwang.flow.folder import Folder

    run = Folder(source).require().run()
    period = run.get("period") or {}
    round_ = Round.objects.create(
        name=name, period=period.get("name", ""), as_of=date.fromisoformat(run["as_of"]), edition=run["edition"]["name"],
        overlays=[one["name"] for one in run["overlays"]], previous=previous, state=Round.State.DONE,
        options={"only": [], "max_pages": run["asked"].get("max_pages", 5000), "delay": 0.0, "allow_loopback": True},
    )  # fmt: skip
    shutil.copytree(source, round_.folder, dirs_exist_ok=True)
    return round_
