"""A notice's text and papers: composed by the bulletin package from the round's folder, scanned before anything is written."""

from __future__ import annotations

import hashlib
import zipfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.db import transaction

from duwang.bulletin.compose import compose
from duwang.bulletin.editing import Edited, edited, ordered
from duwang.bulletin.render.docx import render_docx
from duwang.bulletin.render.html import render_html
from duwang.bulletin.tree import Bulletin, Contact
from duwang.console.people.seeing import units_of
from duwang.console.records.models import Notice, Paper
from duwang.console.records.sizes import large
from duwang.console.rectification.slips import documents_of
from duwang.flow.auditing import audit_document
from duwang.flow.composing import Line, lines_of, narrowed, without
from duwang.flow.folder import Folder
from duwang.flow.forms import write_forms
from duwang.flow.judged import Judged
from duwang.flow.ports import Progress
from duwang.flow.published import published_tables
from duwang.flow.redacting import fit_to_leave
from duwang.reading.any_file import read_any

SLIPS = "整改通知.zip"


@dataclass(frozen=True, slots=True)
class Draft:
    """A notice as its version says: `base` before its texts are edited, `edited` with the edits that fit, `lines` every problem that
    could be printed, `audit` what the same audit that any notice gets finds in the docx that would be issued."""

    base: Bulletin
    edited: Edited
    lines: tuple[Line, ...]
    audit: dict[str, Any]


def draft_of(notice: Notice) -> Draft:
    """The draft, kept until its version or the judgement changes; BulletinFault says in a sentence why it cannot be composed."""
    kept: Draft | None = caches["kept"].get(_kept_as(notice))
    return kept or make_draft(notice)


def at_hand(notice: Notice) -> bool:
    """Whether the draft can be shown now: a large round's is made by a job first."""
    return not large(notice.round) or caches["kept"].has_key(_kept_as(notice))


def make_draft(notice: Notice, *, progress: Progress = lambda _: None) -> Draft:
    """Compose and keep."""
    progress("正在读取判定和问题")
    material = material_of(notice)
    progress("正在编写通报")
    base = plain(notice, material)
    kept = edited(base, notice.asked.get("texts", {}))
    lines = tuple(lines_of(material))
    progress("正在核对数字")
    docx = read_any(render_docx(kept.bulletin), name="通报.docx")
    draft = Draft(base, kept, lines, audit_document(docx, as_of=notice.round.as_of))
    caches["kept"].set(_kept_as(notice), draft)
    return draft


def material_of(notice: Notice) -> Judged:
    """The judged material of the notice: the units its author answers for, masked as it may leave."""
    return narrowed(fit_to_leave(Judged.of(Folder(notice.round.folder))).judged, units_of(notice.created_by))


def compose_notice(notice: Notice) -> Bulletin:
    """The document tree of the notice as set and edited."""
    return draft_of(notice).edited.bulletin


def plain(notice: Notice, material: Judged) -> Bulletin:
    """The notice before its texts are edited: without what was left out, in the chosen order."""
    asked, judged = notice.asked, without(material, set(notice.asked.get("left_out", {})))
    contacts: tuple[Contact, ...] = ()
    if asked.get("contact") or asked.get("phone") or asked.get("mail"):
        contacts = (Contact(asked.get("contact", ""), asked.get("phone", ""), asked.get("mail", "")),)
    made = compose(
        registry=judged.registry, verdicts=judged.verdicts, findings=judged.findings, summary=judged.summary, run=judged.run,
        previous={} if notice.round.previous else None, style=notice.style or None, reviews=judged.reviews,
        issued=_day(asked.get("issued")), deadline=_day(asked.get("deadline")), issuer=asked.get("issuer", ""),
        number=asked.get("number", ""), contacts=contacts, previous_findings=judged.earlier,
        tables=published_tables(judged.publications), working_days=judged.rectify_days(),
    )  # fmt: skip
    return ordered(made, asked.get("order", {}))


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


def write(notice: Notice, *, progress: Progress = lambda _: None) -> list[Paper]:
    """Write this version's papers and the slips of the units into the data folder; each with its hash."""
    place = Path("papers") / str(notice.pk) / f"v{notice.version}"
    out = Path(settings.DATA) / place
    out.mkdir(parents=True, exist_ok=True)
    paths = write_forms(
        compose_notice(notice),
        out,
        forms=("docx", "pdf", "xlsx", "html", "md"),
        as_of=notice.round.as_of,
        progress=progress,
    )
    if (slips := _slips(notice, out / SLIPS)) is not None:
        paths = [*paths, slips]
    with transaction.atomic():
        notice.papers.filter(version=notice.version).delete()
        return [
            Paper.objects.create(
                notice=notice, version=notice.version, name=path.name, path=str(place / path.name),
                sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
            )
            for path in paths
        ]  # fmt: skip


def _slips(notice: Notice, path: Path) -> Path | None:
    """整改通知.zip: one slip for every unit that has open cases, and the round-up; None when nobody owes anything."""
    made = list(documents_of(notice.round, material_of(notice)))
    if not made:
        return None
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in made:
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content)
    return path


def _kept_as(notice: Notice) -> str:
    judged_at = notice.round.judged_at.timestamp() if notice.round.judged_at else 0
    return f"notice:{notice.pk}:{notice.version}:{judged_at}"


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None
