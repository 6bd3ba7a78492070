"""An inspection folder → the rows that lists and counts are made of. The folder stays the source; the index can be rebuilt."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import islice
from typing import Any, TypeVar

from django.db import connection, transaction
from django.db.models import Count, F, Q

from duwang.console.records.models import Decided, FindingRow, Round, Tally, VerdictRow
from duwang.console.records.models.finding import Standing
from duwang.console.records.pairtables import tidy
from duwang.flow.folder import Folder
from duwang.model.refs import owner_of

PRESENT = ("new", "carried", "relapsed")
_SEVERITY = {"严重": 0, "一般": 1, "提示": 2}
_STANDING = {"确认": Standing.CONFIRMED, "误报": Standing.FALSE_ALARM, "不影响判定": Standing.NO_EFFECT}
_BATCH = 2000
T = TypeVar("T")
AFFECTING = 1000  # ranks below it are those whose review can flip a verdict


@transaction.atomic
def index(round_: Round) -> None:
    """Rebuild the rows of a finished round from its folder."""
    folder = Folder(round_.folder).require()
    summary = folder.read_json("summary.json") or {}
    fates = {key: fate for fate, keys in (summary.get("rounds") or {}).items() for key in keys}
    verdicts = folder.read_json("verdicts.json") or []
    round_.findings.all().delete()
    makers = _Rows(round_, fates, _open_prints(verdicts), standings())
    _create(FindingRow, makers.rows(folder.read_lines("findings.jsonl")))
    _create(FindingRow, makers.absent(round_.previous))
    _analyze()
    _mark_leads(round_)
    retally(round_)
    index_verdicts(round_, verdicts, folder.read_json("coverage.json") or {})
    round_.summary, round_.run = _told(summary), folder.run()
    round_.coverage = {target: record["seen"] for target, record in (folder.read_json("coverage.json") or {}).items()}
    round_.state = Round.State.DONE if round_.state != Round.State.SEALED else round_.state
    round_.judged_at, round_.stale = datetime.now(UTC), False
    round_.save()


def reindex_judgement(round_: Round) -> None:
    """After judging again: verdicts, what may still flip them, and the summary; findings keep their rows."""
    folder = Folder(round_.folder).require()
    verdicts = folder.read_json("verdicts.json") or []
    with transaction.atomic():
        index_verdicts(round_, verdicts, folder.read_json("coverage.json") or {})
        prints = _open_prints(verdicts)
        before = set(round_.findings.filter(affects=True).values_list("fingerprint", flat=True))
        _affect(round_, prints - before, affects=True)
        _affect(round_, before - prints, affects=False)
        retally(round_)
        round_.summary, round_.run = _told(folder.read_json("summary.json") or {}), folder.run()
        round_.judged_at, round_.stale = datetime.now(UTC), False
        round_.save()


def index_verdicts(round_: Round, verdicts: Iterable[Mapping[str, Any]], coverage: Mapping[str, Any]) -> None:
    serious = round_.findings.filter(fate__in=PRESENT).exclude(severity="提示").order_by()
    problems = Counter(dict(serious.values_list("owner").annotate(n=Count("id"))))
    round_.verdicts.all().delete()
    VerdictRow.objects.bulk_create(
        [
            VerdictRow(
                round=round_, target=one["target"], kind=one["kind"], name=one["name"][:200], org=one["org"][:200], verdict=one["verdict"],
                seen=(coverage.get(one["target"]) or {}).get("seen"), problems=problems[one["target"]], open_questions=len(one["open"]), body=one,
            )
            for one in verdicts
        ],
        batch_size=_BATCH,
    )  # fmt: skip


def retally(round_: Round) -> None:
    """Count the round's findings anew, in the database."""
    names = ("org", "kind", "check_id", "severity", "fate", "affects", "standing")
    counted = (
        round_.findings.order_by()
        .values(*names)
        .annotate(n=Count("id"), heads=Count("id", filter=Q(lead=1)), heads_in_org=Count("id", filter=Q(lead_in_org=1)))
    )
    round_.tallies.all().delete()
    Tally.objects.bulk_create(
        [
            Tally(
                round=round_, findings=one["n"], leads=one["heads"], leads_in_org=one["heads_in_org"],
                **{name: one[name] for name in names},
            )
            for one in counted
        ],
        batch_size=_BATCH,
    )  # fmt: skip


def standings(*, prints: Sequence[str] | None = None, questions: Sequence[str] = ()) -> Mapping[str, str]:
    """Fingerprint or question → standing, from the decisions in force; of these only when some are named."""
    kept: dict[str, str] = {}
    held = Decided.objects.filter(undone_at=None)
    if prints is not None:
        held = held.filter(Q(fingerprint__in=prints) | Q(question__in=questions))
    for question, fingerprint, decision in held.order_by("id").values_list("question", "fingerprint", "decision"):
        kept[fingerprint or question] = _STANDING[decision]
    return kept


def _told(summary: Mapping[str, Any]) -> dict[str, Any]:
    """The summary with numbers in place of the fingerprints: a round is read at every request, a million of them are not."""
    rounds = {fate: len(prints) for fate, prints in (summary.get("rounds") or {}).items()}
    return {key: summary[key] for key in ("site", "account") if key in summary} | {"rounds": rounds}


class _Rows:
    """Makes rows of one round."""

    def __init__(self, round_: Round, fates: Mapping[str, str], open_: set[str], decided: Mapping[str, str]) -> None:
        self.round, self.fates, self.open, self.decided = round_, fates, open_, decided
        self.present: set[str] = set()

    def rows(self, records: Iterable[Mapping[str, Any]]) -> Iterator[FindingRow]:
        for record in records:
            key = record["fingerprint"]
            self.present.add(key)
            standing = self.decided.get(key) or self.decided.get(record["question"]) or Standing.PENDING
            affects = key in self.open
            yield FindingRow(
                round=self.round, fingerprint=key, question=record["question"], check_id=record["check"],
                family=record["check"].partition("/")[0], target=record["target"][:300], owner=owner_of(record["target"])[:200],
                kind=record["target"].partition("/")[0], org=record["org"][:200], org_by=record["org_by"], severity=record["severity"],
                standing=standing, fate=self.fates.get(key, "new"), affects=affects, rank=rank_of(record, affects=affects),
                title=record["title"][:300], quote=record["quote"][:300], wording=wording_of(record),
                message=record["message"], body=record,
            )  # fmt: skip

    def absent(self, previous: Round | None) -> Iterator[FindingRow]:
        """Findings of the last round that are not there now: rectified or not to be told, shown apart and never closed by themselves."""
        gone = {key: fate for key, fate in self.fates.items() if key not in self.present}
        if previous is None or not gone:
            return
        for prints in batches(gone, _BATCH):
            for row in previous.findings.filter(fingerprint__in=prints):
                if row.fate not in PRESENT:
                    continue
                row.pk, row.round, row.fate, row.affects = None, self.round, gone[row.fingerprint], False
                row.lead = row.lead_in_org = 0
                yield row


def rank_of(record: Mapping[str, Any], *, affects: bool) -> int:
    """Smaller first: what could flip a verdict, then severity, then certainty."""
    certainty = max(0.0, min(1.0, float(record["certainty"])))
    return (0 if affects else AFFECTING) + _SEVERITY.get(record["severity"], 2) * 200 + round((1 - certainty) * 100)


def wording_of(record: Mapping[str, Any]) -> str:
    """What findings share that say the same in other surroundings: 16 hex digits of check and message, which names wrong and
    right form. A masked personal number stands for many people: such findings share nothing but their question."""
    if not record["quote"] or record["check"].startswith("privacy/"):
        return str(record["question"])
    return hashlib.sha256("\x1f".join((record["check"], record["message"])).encode()).hexdigest()[:16]


def _open_prints(verdicts: Iterable[Mapping[str, Any]]) -> set[str]:
    return {key for verdict in verdicts for question in verdict["open"] for key in question["fingerprints"]}


def _affect(round_: Round, prints: set[str], *, affects: bool) -> None:
    """Ranks shift by the same step for all of them: nothing is read back."""
    step = -AFFECTING if affects else AFFECTING
    for some in batches(prints, _BATCH):
        rows = round_.findings.filter(fingerprint__in=some)
        rows.update(affects=affects, rank=F("rank") + step)


def _analyze() -> None:
    """After a million new rows the planner must not go by the old statistics."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {FindingRow._meta.db_table}")
    tidy(connection)


def _mark_leads(round_: Round) -> None:
    """The most urgent of equal findings leads, in the round and in each unit; what is gone leads for itself. Counted in the
    database: a million findings never pass through Python."""
    table = FindingRow._meta.db_table
    present = ", ".join(f"'{fate}'" for fate in PRESENT)
    first = (
        f"UPDATE {table} SET {{flag}} = %s WHERE id IN (SELECT id FROM (SELECT id, ROW_NUMBER() OVER (PARTITION BY {{by}} "
        f"ORDER BY rank, id) AS place FROM {table} WHERE round_id = %s AND fate IN ({present})) AS ranked WHERE place = 1)"
    )
    with connection.cursor() as cursor:
        cursor.execute(first.format(flag="lead", by="question"), [1, round_.pk])
        cursor.execute(first.format(flag="lead_in_org", by="question, org"), [1, round_.pk])
        cursor.execute(
            f"UPDATE {table} SET alike = many.n FROM (SELECT question AS q, COUNT(*) AS n FROM {table} WHERE round_id = %s "
            f"GROUP BY question HAVING COUNT(*) > 1) AS many WHERE round_id = %s AND question = many.q",
            [round_.pk, round_.pk],
        )
    round_.findings.exclude(fate__in=PRESENT).update(lead=1, lead_in_org=1)


def _create(model: Any, rows: Iterator[Any]) -> None:
    for batch in batches(rows, _BATCH):
        model.objects.bulk_create(batch)


def batches(rows: Iterable[T], size: int) -> Iterator[list[T]]:
    """Lists of at most so many."""
    stream = iter(rows)
    while batch := list(islice(stream, size)):
        yield batch
