"""A notice's text and papers: composed by the bulletin package from the round's folder, scanned before anything is written."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from duwang.bulletin.compose import compose
from duwang.bulletin.render.html import render_html
from duwang.bulletin.tree import Bulletin, Contact
from duwang.console.records.models import Notice, Paper
from duwang.flow.auditing import audit_document
from duwang.flow.folder import Folder
from duwang.flow.judged import Judged
from duwang.flow.redacting import fit_to_leave
from duwang.model.material import Document


def compose_notice(notice: Notice) -> Bulletin:
    """The document tree of the notice as set; BulletinFault says in a sentence why it cannot be composed."""
    asked = notice.asked
    judged = fit_to_leave(Judged.of(Folder(notice.round.folder))).judged
    contacts: tuple[Contact, ...] = ()
    if asked.get("contact") or asked.get("phone") or asked.get("mail"):
        contacts = (Contact(asked.get("contact", ""), asked.get("phone", ""), asked.get("mail", "")),)
    return compose(
        registry=judged.registry, verdicts=judged.verdicts, findings=judged.findings, summary=judged.summary, run=judged.run,
        previous={} if notice.round.previous else None, style=notice.style or None, reviews=judged.reviews,
        issued=_day(asked.get("issued")), deadline=_day(asked.get("deadline")), issuer=asked.get("issuer", ""),
        number=asked.get("number", ""), contacts=contacts, previous_findings=judged.earlier,
    )  # fmt: skip


def figures_of(bulletin: Bulletin) -> list[dict[str, str]]:
    """Every figure with where it comes from."""
    made = []
    for figure in bulletin.figures.values():
        if figure.of:
            origin = f"数自“{figure.of}”{len(figure.rows)}行"
        elif figure.parts:
            origin = f"由{'、'.join(figure.parts)}算出"
        else:
            origin = "填报"
        made.append({"name": figure.name, "text": figure.text, "origin": origin})
    return made


def html_of(bulletin: Bulletin) -> str:
    return render_html(bulletin)


def audit_of(bulletin: Bulletin, *, on: date) -> dict[str, Any]:
    """The same audit that any notice gets, on this one's own text."""
    text = "\n".join(piece for piece in bulletin.texts() if piece)
    return audit_document(
        Document(url="", body=text, medium="text", owner="document/通报", ref="document/通报"), as_of=on
    )


def write(notice: Notice) -> list[Paper]:
    """Write this version's papers into the data folder; each with its hash."""
    from duwang.flow.forms import write_forms

    place = Path("papers") / str(notice.pk) / f"v{notice.version}"
    out = Path(settings.DATA) / place
    out.mkdir(parents=True, exist_ok=True)
    paths = write_forms(
        compose_notice(notice), out, forms=("docx", "pdf", "xlsx", "html", "md"), as_of=notice.round.as_of
    )
    with transaction.atomic():
        notice.papers.filter(version=notice.version).delete()
        return [
            Paper.objects.create(
                notice=notice, version=notice.version, name=path.name, path=str(place / path.name),
                sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
            )
            for path in paths
        ]  # fmt: skip


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None
