"""Measures the wording checks: alarms on clean official texts, published pairs, planted variants, spelling sets, speed. One table.

usage: python -m bench.text [SHARED_FOLDER] [--only PART…] [--language FILE]

Figures on public spelling sets may be quoted only for a language model trained without formulas.txt.gz: give it with --language (made by
`python -m bench.text_language OFFICIAL OUT --without-formulas`). The other models never see that file.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from bench import text_planted as planted
from duwang.checks.check import all_checks
from duwang.checks.text import language, lexicon, similar
from duwang.flow.looking import look_once
from duwang.model.findings import Draft, Severity
from duwang.model.material import Document

AS_OF = date(2024, 9, 30)
SHARED = Path(__file__).resolve().parents[2] / "shared"
PARTS = ("clean", "published", "planted", "spelling", "speed")


def drafts(text: str, *, only: tuple[str, ...] = ()) -> list[tuple[str, Draft]]:
    """What the wording checks say of a text."""
    document = Document("", body=text, medium="text", ref="document/x", owner="document/x")
    found = []
    for check in all_checks().values():
        if check.family == "text" and check.on is Document and (not only or check.id in only):
            look = look_once(check, document, settings={}, as_of=AS_OF)
            if look.unknown:
                raise SystemExit(f"{check.id}: {look.unknown}")
            found += [(check.id, draft) for draft in look.drafts]
    return found


def clean(shared: Path, show: int) -> None:
    """Alarms per 10,000 characters of texts that are taken to be right, per rule and tier."""
    for name in ("dev", "dev-policy"):
        documents = gzip.decompress((shared / f"corpora/official/{name}.txt.gz").read_bytes()).decode().split("\n\n")
        counts: Counter[tuple[str, str]] = Counter()
        began = time.process_time()
        examples = []
        for document in documents:
            for check, draft in drafts(document):
                counts[check, draft.severity.value] += 1
                examples.append((check, draft, document))
        seconds = time.process_time() - began
        total = sum(map(len, documents))
        print(f"\n{name}: {total} characters, {total / seconds:,.0f} characters/s of one core")
        print(f"  {'rule':<28}{'reported/10k':>14}{'hints/10k':>12}")
        for check in sorted({c for c, _ in counts}):
            reported = sum(n for (c, s), n in counts.items() if c == check and s != "提示")
            print(f"  {check:<28}{reported / total * 1e4:>14.3f}{counts[check, '提示'] / total * 1e4:>12.3f}")
        reported = sum(n for (_, s), n in counts.items() if s != "提示")
        hints = sum(n for (_, s), n in counts.items() if s == "提示")
        print(f"  {'all':<28}{reported / total * 1e4:>14.3f}{hints / total * 1e4:>12.3f}")
        for check, draft, document in (
            examples[:0]
            if not show
            else [e for e in examples if e[1].severity is not Severity.HINT or show > 9999][:show]
        ):
            at = draft.start or 0
            print(
                f"    {check} {document[max(0, at - 8) : (draft.end or at) + 8]!r} {draft.quote} → {draft.suggestion}"
            )


FRAMES = ("{}", "会议要求，要认真研究{}有关问题。", "近日，有关部门就{}的情况作了说明。", "本次活动内容包括{}等。")


def published(shared: Path, show: int) -> None:
    """Wrong→right pairs that people published, set into neutral sentences."""
    rows = [json.loads(line) for line in (shared / "real/text_errors.jsonl").open(encoding="utf-8")]
    rows = [r for r in rows if r.get("wrong") and r.get("right") and not r.get("context_dependent")]
    kinds: dict[str, Counter[str]] = {}
    missed = []
    for row in rows:
        count = kinds.setdefault(row["kind"], Counter())
        count["rows"] += 1
        wrong = [FRAMES[1].format(row["wrong"]), FRAMES[2].format(row["wrong"])]
        tiers = [d.severity.value for text in wrong for _, d in _within(text, row["wrong"])]
        count["found"] += bool(tiers)
        count["reported"] += any(tier != "提示" for tier in tiers)
        if not tiers:
            missed.append(f"{row['wrong']}→{row['right']}")
        right = [d for text in (FRAMES[1], FRAMES[2]) for _, d in _within(text.format(row["right"]), row["right"])]
        count["right alarmed"] += any(d.severity is not Severity.HINT for d in right)
        count["right hinted"] += bool(right)
        if right and show:
            print("    right form:", row["right"], [(d.quote, d.suggestion, d.severity.value) for d in right][:2])
    total = sum(kinds.values(), Counter())
    print(f"\npublished pairs ({total['rows']} not context-dependent)")
    for kind, count in [*kinds.items(), ("all", total)]:
        n = count["rows"]
        print(
            f"  {kind:<10}{n:>5} rows  found {count['found'] / n:.3f}  reported {count['reported'] / n:.3f}  right alarmed "
            f"{count['right alarmed'] / n:.3f}  right hinted {count['right hinted'] / n:.3f}"
        )
    if show:
        print("    missed:", "  ".join(missed))


def _within(text: str, part: str) -> Iterator[tuple[str, Draft]]:
    at = text.find(part)
    for check, draft in drafts(text):
        if draft.start is not None and draft.start < at + len(part) and at < (draft.end or 0):
            yield check, draft


def variants(shared: Path, show: int) -> None:
    """Planted one-edit variants of canonical phrases, law titles, organs."""
    print()
    for name, items in planted.sets(shared):
        counts: Counter[str] = Counter()
        missed = []
        for wrong, right, edit, frame in items:
            text = frame.format(wrong)
            found = list(_within(text, wrong))
            mended = any(_mends(text, d, frame.format(right)) for _, d in found)
            tiers = {d.severity.value for _, d in found}
            counts["all"] += 1
            counts[f"{edit} all"] += 1
            counts["found"] += bool(tiers)
            counts[f"{edit} found"] += bool(tiers)
            counts["reported"] += bool(tiers - {"提示"})
            counts["mended"] += mended
            if not tiers:
                missed.append(f"{wrong}({right})")
        n = counts["all"]
        each = "  ".join(
            f"{e} {counts[f'{e} found'] / counts[f'{e} all']:.3f}"
            for e in (*planted.EDITS, planted.ANY)
            if counts[f"{e} all"]
        )
        print(
            f"{name}: {n} variants, found {counts['found'] / n:.3f}, reported {counts['reported'] / n:.3f}, mended {counts['mended'] / n:.3f} ({each})"
        )
        if show:
            print("    missed:", "  ".join(missed[:60]))


def _mends(text: str, draft: Draft, right: str) -> bool:
    if draft.suggestion is None or draft.start is None or draft.end is None:
        return False
    return text[: draft.start] + draft.suggestion + text[draft.end :] == right


def spellings(shared: Path, show: int) -> None:
    """Character precision and recall, sentence F1, at both tiers, on the public spelling sets."""
    print(f"\n{'set':<18}{'tier':<10}{'char P':>8}{'char R':>8}{'sent P':>8}{'sent R':>8}{'F1':>8}{'false alarms':>14}")
    for name in ("ec_odw_train", "ec_law_train", "ec_med_train", "sighan2015_test"):
        rows = [
            line.rstrip("\n").split("\t") for line in (shared / f"corpora/spelling/{name}.tsv").open(encoding="utf-8")
        ]
        seen = [(source, right, drafts(source)) for source, right in rows if len(source) == len(right)]
        for tier, keep in (("reported", lambda d: d.severity is not Severity.HINT), ("with hints", lambda d: True)):
            print(f"{name:<18}{tier:<10}{_scores(seen, keep)}")


def _scores(seen: list[tuple[str, str, list[tuple[str, Draft]]]], keep: Callable[[Draft], bool]) -> str:
    right_chars = told_chars = gold_chars = right_sentences = told_sentences = gold_sentences = false = 0
    for source, right, found in seen:
        gold = {i: right[i] for i in range(len(source)) if source[i] != right[i]}
        told: dict[int, str] = {}
        other = 0
        for _, draft in found:
            if not keep(draft) or draft.suggestion is None or draft.start is None or draft.end is None:
                continue
            if len(draft.suggestion) == draft.end - draft.start:
                told |= {draft.start + i: c for i, c in enumerate(draft.suggestion) if source[draft.start + i] != c}
            else:
                other += 1
        right_chars += sum(gold.get(i) == c for i, c in told.items())
        told_chars += len(told) + other
        gold_chars += len(gold)
        gold_sentences += bool(gold)
        told_sentences += bool(told) or bool(other)
        false += (bool(told) or bool(other)) and not gold
        right_sentences += bool(gold) and told == gold and not other
    p, r = right_chars / max(1, told_chars), right_chars / gold_chars
    sp, sr = right_sentences / max(1, told_sentences), right_sentences / gold_sentences
    return f"{p:>8.3f}{r:>8.3f}{sp:>8.3f}{sr:>8.3f}{2 * sp * sr / max(1e-9, sp + sr):>8.3f}{false:>14}"


def speed(shared: Path, show: int) -> None:
    """Characters a second of the whole stage, memory, and the word-list stage at 100,000 terms."""
    text = gzip.decompress((shared / "corpora/official/dev.txt.gz").read_bytes()).decode()
    documents = text.split("\n\n")[:60]
    drafts(documents[0])
    began = time.process_time()
    for document in documents:
        drafts(document)
    seconds = time.process_time() - began
    total = sum(map(len, documents))
    print(
        f"\nwhole text stage: {total / seconds:,.0f} characters/s of one core; largest memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB"
    )
    terms = planted.invented_terms(100_000)
    rows = "\t".join(lexicon.COLUMNS) + "\n" + "".join(f"{t}\t\t错别字\t一般\t编者" + "\t" * 6 + "\n" for t in terms)
    large = lexicon.compiled([("大词库.tsv", rows)], [])
    began = time.process_time()
    hits = sum(1 for _ in large.hits(text))
    seconds = time.process_time() - began
    print(f"word-list stage at {len(terms):,} terms: {len(text.encode()) / seconds / 1e6:.0f} MB/s, {hits} hits")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("shared", nargs="?", type=Path, default=SHARED)
    parser.add_argument("--only", nargs="*", default=PARTS)
    parser.add_argument("--show", type=int, default=0)
    parser.add_argument("--language", type=Path)
    chosen = parser.parse_args()
    if chosen.language:
        model = language.load(chosen.language.read_bytes())
        other = replace(similar.speller(), language=model)
        language.official = lambda: model  # type: ignore[assignment]
        similar.speller = lambda: other  # type: ignore[assignment]
    for part, run in zip(PARTS, (clean, published, variants, spellings, speed), strict=True):
        if part in chosen.only:
            run(chosen.shared, chosen.show)
            sys.stdout.flush()


if __name__ == "__main__":
    main()
