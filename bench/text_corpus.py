"""The labelled sentences of tests/corpus/text: makes them, measures them, keeps their floors.

usage: python -m bench.text_corpus make          (once: writes sentences.tsv from lists, planted edits and official sentences)
       python -m bench.text_corpus measure       (prints the table; --write writes src/duwang/checks/precision.tsv)
       python -m bench.text_corpus floors        (raises floors.tsv to what is measured now; a lower figure is refused)

A row: sentence, check (empty = a clean sentence), wrong (the piece that is wrong; empty = must not be reported), right.
"""

from __future__ import annotations

import csv
import gzip
import random
import sys
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bench.text_sentences import sentences
from duwang.checks.check import all_checks
from duwang.checks.precision import Record, written
from duwang.flow.looking import look_once
from duwang.model.findings import Draft, Severity
from duwang.model.material import Document

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "tests" / "corpus" / "text"
SENTENCES, FLOORS = FOLDER / "sentences.tsv", FOLDER / "floors.tsv"
PRECISION = ROOT / "src" / "duwang" / "checks" / "precision.tsv"
AS_OF = date(2024, 9, 30)
FRAMES = ("会议强调，要认真抓好{}有关工作。", "近日，仿真县就{}的情况作了通报。", "各乡镇要结合实际，把{}落到实处。")


@dataclass(frozen=True, slots=True)
class Row:
    sentence: str
    check: str
    wrong: str
    right: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One check: share of planted errors found (any tier), of reported hits that are right, of right forms that are reported."""

    check: str
    planted: int
    recall: float
    precision: float
    right_alarmed: float
    confirmed: int
    false: int
    serious: int = 0
    serious_false: int = 0

    @property
    def serious_precision(self) -> float:
        """Share of the 严重 hits that are right: these reach the veto, so they must hardly ever be wrong."""
        return self.serious / max(1, self.serious + self.serious_false)


def rows(path: Path = SENTENCES) -> list[Row]:
    with path.open(encoding="utf-8") as lines:
        return [
            Row(r["sentence"], r["check"], r["wrong"], r["right"])
            for r in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        ]


def looked(sentence: str) -> list[tuple[str, Draft]]:
    document = Document("", body=sentence, medium="text", published=AS_OF, ref="document/x", owner="document/x")
    found = []
    for check in all_checks().values():
        if check.family == "text" and check.on is Document:
            found += [(check.id, draft) for draft in look_once(check, document, settings={}, as_of=AS_OF).drafts]
    return found


def measured(listed: list[Row]) -> dict[str, Figure]:
    """Figures per check, and `all`."""
    planted: dict[str, int] = defaultdict(int)
    caught: dict[str, int] = defaultdict(int)
    rights: dict[str, int] = defaultdict(int)
    alarmed: dict[str, int] = defaultdict(int)
    confirmed: dict[str, int] = defaultdict(int)
    false: dict[str, int] = defaultdict(int)
    grave: dict[tuple[str, bool], int] = defaultdict(int)
    for row in listed:
        found = looked(row.sentence)
        at = row.sentence.find(row.wrong) if row.wrong else -1
        for name in {row.check or "clean", "all"}:
            if row.wrong:
                planted[name] += 1
                caught[name] += any(_touches(draft, at, len(row.wrong)) for _, draft in found)
            else:
                rights[name] += 1
                alarmed[name] += any(draft.severity is not Severity.HINT for _, draft in found)
        for check, draft in found:
            if draft.severity is not Severity.HINT:
                good = row.wrong != "" and _touches(draft, at, len(row.wrong))
                for name in (check, "all"):
                    confirmed[name] += good
                    false[name] += not good
                    grave[name, good] += draft.severity is Severity.SERIOUS
    names = sorted({*planted, *rights, *confirmed, *false})
    return {
        n: Figure(
            n, planted[n], caught[n] / planted[n] if planted[n] else 1.0,
            confirmed[n] / (confirmed[n] + false[n]) if confirmed[n] + false[n] else 1.0,
            alarmed[n] / rights[n] if rights[n] else 0.0, confirmed[n], false[n], grave[n, True], grave[n, False],
        )
        for n in names
    }  # fmt: skip


def _touches(draft: Draft, at: int, length: int) -> bool:
    return draft.start is not None and draft.end is not None and draft.start < at + length and at < draft.end


def floors(path: Path | None = None) -> dict[str, tuple[float, float, float]]:
    """Check → smallest recall, smallest precision, largest share of right forms alarmed."""
    with (path or FLOORS).open(encoding="utf-8") as lines:
        return {
            r["check"]: (float(r["recall"]), float(r["precision"]), float(r["right_alarmed"]))
            for r in csv.DictReader(lines, delimiter="\t")
        }


def raise_floors() -> None:
    """Write the floors from what is measured now; SystemExit when any figure fell."""
    now = measured(rows())
    old = floors() if FLOORS.is_file() else {}
    fallen = [
        name
        for name, (recall, precision, alarmed) in old.items()
        if name not in now
        or now[name].recall < recall
        or now[name].precision < precision
        or now[name].right_alarmed > alarmed
    ]
    if fallen:
        raise SystemExit(f"下限只升不降，下列检查项低于原下限：{'、'.join(fallen)}")
    lines = ["check\trecall\tprecision\tright_alarmed"]
    lines += [
        f"{f.check}\t{int(f.recall * 1000) / 1000}\t{int(f.precision * 1000) / 1000}\t{-(-f.right_alarmed * 1000 // 1) / 1000}"
        for f in now.values()
    ]
    FLOORS.write_text("\n".join(lines) + "\n", encoding="utf-8")


def make() -> None:
    from bench import text_planted as planting
    from duwang.checks.text.lexicon import Entry, shipped
    from duwang.checks.text.phrases import canon

    random.seed(11)
    made: list[Row] = []

    def pair(wrong: str, right: str, check: str, frame: str) -> None:
        made.append(Row(frame.format(wrong), check, wrong, right))
        made.append(Row(frame.format(right), check, "", right))

    quotas = {
        "text/typo": 330,
        "text/territory-wording": 290,
        "text/sensitive-term": 290,
        "text/organisation-name": 190,
        "text/fixed-phrase": 160,
    }
    by_check: dict[str, list[Entry]] = defaultdict(list)
    for entry in shipped().entries:
        if (
            entry.right
            and entry.right[0] != "（删除）"
            and not entry.context
            and not entry.scope
            and entry.valid_from is None
            and entry.wrong not in entry.right[0]
        ):
            by_check[entry.check].append(entry)
    for check, number in quotas.items():
        for entry in random.sample(by_check[check], min(number, len(by_check[check]))):
            pair(entry.wrong, entry.right[0], check, random.choice(FRAMES))
    for entry in random.sample([e for e in shipped().entries if e.severity is Severity.SERIOUS], 150):
        pair(entry.wrong, entry.right[0], entry.check, random.choice(FRAMES))
    without = [e for e in shipped().entries if e.check == "text/sensitive-term" and not e.right and not e.context]
    for entry in random.sample(without, 165):
        made.append(Row(random.choice(FRAMES).format(entry.wrong), entry.check, entry.wrong, ""))
    kinds = {
        "curated": ("text/fixed-phrase", 130),
        "law": ("text/law-title", 280),
        "organisation": ("text/organisation-name", 90),
    }
    for kind, (check, number) in kinds.items():
        texts = [p.text for p in canon().listed if p.kind == kind and len(p.text) >= 6]
        frames = ("根据《{}》的规定，制定本办法。",) if kind == "law" else FRAMES
        for wrong, right, _, frame in planting.planted(random.sample(texts, number), frames):
            pair(wrong, right, check, frame)
    for right in ("香港等地区", "台湾地区等", "韩国、台湾等国家和地区"):
        made.append(Row(f"活动面向{right}，欢迎参加。", "text/territory-wording", "", right))
    made += [
        row
        for wrong, right, check in sentences(280)
        for row in (Row(wrong, check, wrong, right), Row(right, check, "", right))
    ]
    for wrong, right, check in HAND:
        pair(wrong, right, check, "{}")
    with gzip.open(ROOT.parent / "shared/corpora/official/train-03.txt.gz", "rt", encoding="utf-8") as text:
        official = text.read().split("\n")
    clean = [line for line in official if 20 <= len(line) <= 90 and line.endswith("。")]
    made += [Row(line, "", "", "") for line in random.sample(clean, 150)]
    lines = ["sentence\tcheck\twrong\tright"] + [
        "\t".join((r.sentence, r.check, r.wrong, r.right)) for r in made if "\t" not in r.sentence
    ]
    FOLDER.mkdir(parents=True, exist_ok=True)
    SENTENCES.write_text("\n".join(dict.fromkeys(lines)) + "\n", encoding="utf-8")
    print(len(lines) - 1)


HAND = (
    ("2024年2月30日召开会议。", "2024年2月29日召开会议。", "text/number-format"),
    ("2023年4月31日前完成整改。", "2023年4月30日前完成整改。", "text/number-format"),
    ("增长百分之12%。", "增长12%。", "text/number-format"),
    ("提高了3%个百分点。", "提高了3个百分点。", "text/number-format"),
    ("共印发3分文件。", "共印发3份文件。", "text/number-format"),
    ("签订2分合同。", "签订2份合同。", "text/number-format"),
    ("二O二四年六月", "二〇二四年六月", "text/number-format"),
    ("约30余人参加培训。", "30余人参加培训。", "text/number-format"),
    ("近200多户受益。", "200多户受益。", "text/number-format"),
    ("完成投资5万元万元。", "完成投资5万元。", "text/number-format"),
    ("会议传达了精神，。大家进行了讨论。", "会议传达了精神。大家进行了讨论。", "text/punctuation"),
    ("要抓好落实。。确保成效。", "要抓好落实。确保成效。", "text/punctuation"),
    ("一是提高认识；；二是加强领导。", "一是提高认识；二是加强领导。", "text/punctuation"),
    ("仿政发[2024]8号文件", "仿政发〔2024〕8号文件", "text/punctuation"),
    ("审议了《工作方案，提出了意见。", "审议了《工作方案》，提出了意见。", "text/punctuation"),
    ("参加会议的有各乡镇（街道负责同志。", "参加会议的有各乡镇（街道）负责同志。", "text/punctuation"),
    ("他说：“一定办好，请放心。", "他说：“一定办好，请放心。”", "text/punctuation"),
    ("各项工作。。。。。。稳步推进", "各项工作……稳步推进", "text/punctuation"),
    ("要加强组织领导组织领导。", "要加强组织领导。", "text/repetition"),
    ("确保责任落实落实到位。", "确保责任落实到位。", "text/repetition"),
    ("会议由县长主持并讲话。会议由县长主持并讲话。", "会议由县长主持并讲话。", "text/repetition"),
    ("推进乡村振兴乡村振兴战略。", "推进乡村振兴战略。", "text/repetition"),
)


def main(arguments: list[str]) -> None:
    if arguments[:1] == ["make"]:
        make()
    elif arguments[:1] == ["floors"]:
        raise_floors()
    else:
        now = measured(rows())
        for f in now.values():
            print(
                f"{f.check:<28}{f.planted:>6} planted  found {f.recall:.3f}  precision {f.precision:.3f} ({f.confirmed}/{f.confirmed + f.false})  right alarmed {f.right_alarmed:.3f}  严重 {f.serious_precision:.3f} ({f.serious}/{f.serious + f.serious_false})"
            )
        if "--write" in arguments:
            records = {n: Record(n, f.confirmed, f.false) for n, f in now.items() if n.startswith("text/")}
            PRECISION.write_text(written(records), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
