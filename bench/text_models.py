"""Builds the word tables of the text checks: dictionary words, confusable characters, canonical expressions.

usage: python -m bench.text_models words JIEBA_DICT PYPINYIN_PHRASES_JSON IDIOM_CSV
       python -m bench.text_models confusions PYPINYIN_DICT_JSON CHAR_SIMILAR_DATA_FOLDER
       python -m bench.text_models phrases OFFICIAL_FOLDER
       python -m bench.text_models gaps OFFICIAL_FOLDER (after phrases and the language model)

Files go to src/duwang/checks/text/models/. Dictionaries and character data come from the packages jieba, pypinyin and char-similar,
phrases from official texts; bench/text_language.py makes the language model.
"""

from __future__ import annotations

import csv
import gzip
import json
import re
import sys
from collections import Counter
from pathlib import Path

import numpy as np
from daachorse import CharwiseDoubleArrayAhoCorasick

from bench.text_fuse import fuse
from duwang.checks.text.hashing import hash_of
from duwang.checks.text.language import official
from duwang.checks.text.phrases import canon
from duwang.checks.text.vocabulary import words as vocabulary

HERE = Path(__file__).resolve().parents[1] / "src" / "duwang" / "checks" / "text" / "models"
OUT = Path(__file__).resolve().parent / "out"
HAN = re.compile(r"[\u4e00-\u9fff]+")

# Look-alikes that stroke order does not show (编者).
ALIKE = [
    "戌戍戊戎",
    "监盐",
    "栽裁载",
    "拿拳",
    "历万厉",
    "于千干",
    "见贝",
    "巿市",
    "公分",
    "没役设",
    "拾抬",
    "抡抢轮",
    "国囯园",
    "闰闹",
    "阅阈阀",
    "回因",
    "民氏",
    "限跟",
    "首道",
    "着差",
    "者音",
    "章意竟",
    "改政",
    "收牧",
    "致到",
    "扶技抚",
    "丰半",
    "牛年午",
    "东车",
    "书节",
    "办为力",
    "办协",
    "劝动",
    "动功",
    "务各备",
    "仇优",
    "彻砌切",
    "义又叉",
    "令合",
    "绐给",
    "底氏低抵",
    "刻孩",
    "部都",
    "群郡",
    "别刮",
    "刻列",
    "敛俭",
]


def words(jieba: Path, pypinyin: Path, idioms: Path) -> None:
    """vocabulary.npz: dictionary words of one to eight characters → 1 + 1.6·log2 of jieba's frequency (2 where only another
    dictionary has the word); out/words.txt and out/idioms.txt: the same as text, for `confusions` and `phrases`."""
    known: dict[str, int] = {}
    idiomatic: set[str] = set()
    for line in jieba.read_text(encoding="utf-8").splitlines():
        word, frequency, tag = line.split(" ")
        if HAN.fullmatch(word) and 1 <= len(word) <= 8 and (int(frequency) >= 3 or len(word) >= 3):
            known[word] = int(frequency)
            if tag in ("i", "l") and len(word) >= 4:
                idiomatic.add(word)
    for word in json.loads(pypinyin.read_text(encoding="utf-8")):
        if HAN.fullmatch(word) and 2 <= len(word) <= 8:
            known.setdefault(word, 2)
            if len(word) >= 4:
                idiomatic.add(word)
    with idioms.open(encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            for word in re.split("[，,]", row["word"]):
                if HAN.fullmatch(word) and 4 <= len(word) <= 8:
                    known.setdefault(word, 2)
                    idiomatic.add(word)
    write_words(known)
    OUT.mkdir(exist_ok=True)
    (OUT / "words.txt").write_text("".join(f"{w}\t{n}\n" for w, n in sorted(known.items())), encoding="utf-8")
    (OUT / "idioms.txt").write_text("".join(f"{w}\t{known[w]}\n" for w in sorted(idiomatic)), encoding="utf-8")


def write_words(known: dict[str, int]) -> None:
    """The table itself."""
    listed = sorted(known)
    keys = np.array([hash_of(word) for word in listed], np.uint64)
    counts = np.array([max(known[word], 1) for word in listed])
    codes = np.minimum(31, 1 + np.floor(1.6 * np.log2(counts))).astype(np.uint16)
    slots, segment, segments = fuse(keys, codes)
    np.savez_compressed(HERE / "vocabulary.npz", slots=slots, shape=np.array([segment, segments]))
    print(len(listed), (HERE / "vocabulary.npz").stat().st_size)


SAME, NEARLY, SHAPE, BOTH = 1, 2, 3, 4


def confusions(pypinyin: Path, similar: Path) -> None:
    """confusions.npz: for every character those often mistaken for it, and why: 1 same sound, 2 nearly the same sound, 3 look,
    4 sound and look."""
    frequency = json.loads((similar / "char_frequency.dict").read_text(encoding="utf-8"))
    strokes = json.loads((similar / "char_order.dict").read_text(encoding="utf-8"))
    corners = json.loads((similar / "char_fourangle.dict").read_text(encoding="utf-8"))
    readings = json.loads(pypinyin.read_text(encoding="utf-8"))
    seen = Counter((OUT / "words.txt").read_text(encoding="utf-8"))
    common = [c for c, n in seen.most_common(6500) if n >= 2 and HAN.fullmatch(c) and str(ord(c)) in readings]
    characters = sorted(common, key=lambda c: -frequency.get(c, 0))
    rank = {c: i for i, c in enumerate(characters)}
    exact: dict[str, set[str]] = {}
    loose: dict[str, set[str]] = {}
    shapes: dict[str, set[str]] = {}
    sounds_of = {c: {plain(r) for r in readings[str(ord(c))].split(",")[:3]} for c in characters}
    for c in characters:
        for sound in sounds_of[c]:
            exact.setdefault(sound, set()).add(c)
            loose.setdefault(blurred(sound), set()).add(c)
        for look in {corners.get(c, "?" + c)[:4], *shortened(strokes.get(c, ""))}:
            shapes.setdefault(look, set()).add(c)
    by_part: dict[str, list[str]] = {}
    for c in characters:
        for part in parts(strokes.get(c, "")) if strokes.get(c) else ():
            by_part.setdefault(part, []).append(c)
    starts, others, kinds = [0], [], []
    for c in characters:
        same = set().union(*(exact[s] for s in sounds_of[c]))
        near = set().union(*(loose[blurred(s)] for s in sounds_of[c]))
        order = strokes.get(c, "")
        alike = {d: 0.9 for key in {corners.get(c, "?")[:4], *shortened(order)} for d in shapes.get(key, ())}
        for d in parts_shared(order, by_part):
            alike[d] = max(alike.get(d, 0.0), overlap(order, strokes.get(d, "")))
        alike = {d: score for d, score in alike.items() if score >= 0.45 and d != c}
        looks = set(sorted(alike, key=lambda d: (-alike[d], rank[d]))[:60])
        looks |= {d for group in ALIKE if c in group for d in group if d in rank}
        sounding = sorted(same, key=rank.__getitem__)[:70] + sorted(near - same, key=rank.__getitem__)[:40]
        for d in sorted({*sounding, *looks} - {c}, key=rank.__getitem__):
            others.append(ord(d))
            if d in looks and d in near:
                kinds.append(BOTH)
            else:
                kinds.append(SHAPE if d not in near else SAME if d in same else NEARLY)
        starts.append(len(others))
    np.savez_compressed(
        HERE / "confusions.npz",
        characters=np.array([ord(c) for c in characters], np.uint16),
        starts=np.array(starts, np.uint32),
        others=np.array(others, np.uint16),
        kinds=np.array(kinds, np.uint8),
    )
    print(len(characters), len(others) / len(characters), (HERE / "confusions.npz").stat().st_size)


_MARKS = str.maketrans("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿ", "aaaaeeeeiiiioooouuuuvvvvvnnnm")


def plain(reading: str) -> str:
    """A pinyin syllable without its tone."""
    return reading.translate(_MARKS)


def blurred(sound: str) -> str:
    """The syllable in the form shared by those often confused: zh/z, ch/c, sh/s, -ng/-n, n-/l-, f-/h-."""
    flat = re.sub("^([zcs])h", r"\1", sound)
    flat = re.sub("ng$", "n", flat)
    flat = re.sub("^l", "n", flat)
    return (
        re.sub("^hu(?=[aeo])|^h(?=u$)", "f", flat)
        if sound.startswith("h") and sound in ("hu", "hui", "huan", "hua")
        else flat
    )


def shortened(order: str) -> set[str]:
    """Stroke sequences with up to two strokes left out, for characters of five strokes or more."""
    if not 5 <= len(order) <= 16:
        return {order}
    once = {order[:i] + order[i + 1 :] for i in range(len(order))}
    if len(order) < 7:
        return {order, *once}
    return {order, *once, *(o[:i] + o[i + 1 :] for o in once for i in range(len(o)))}


def parts(order: str) -> set[str]:
    """Beginnings and ends of three strokes and more, as long as 45 % of the character."""
    least = max(3, round(len(order) * 0.45))
    return {order[:n] for n in range(least, len(order) + 1)} | {order[-n:] for n in range(least, len(order) + 1)}


def parts_shared(order: str, by_part: dict[str, list[str]]) -> set[str]:
    """Characters that share a beginning or end."""
    return {d for part in parts(order) for d in by_part.get(part, ())} if order else set()


def overlap(order: str, other: str) -> float:
    """The longest beginning or end of one that begins or ends the other, as a share of the longer one."""
    longest = 0
    for n in range(3, min(len(order), len(other)) + 1):
        ends = {order[:n], order[-n:]}
        if other[:n] in ends or other[-n:] in ends:
            longest = n
    return longest / max(len(order), len(other), 1)


def plain_words(phrase: str) -> bool:
    """Whether what dictionaries list as an idiom is only words side by side (好地解决, 受到重视, 更进一步): a change in it says nothing."""
    code = vocabulary().code
    rare = code(phrase) <= _SELDOM
    if rare and set(phrase) & _LITTLE:
        return True
    if len(phrase) != 4:
        return False
    least, free = (8, 18) if rare else (20, 22)
    halves = rare and min(code(phrase[:2]), code(phrase[2:])) >= least
    return halves or any(
        code(a) >= least and code(b) >= free for a, b in ((phrase[1:], phrase[0]), (phrase[:3], phrase[3]))
    )


_SELDOM, _LITTLE = 4, frozenset("的地得了着过们么里这那哪我你他她它您谁把被让给就还都也很吗呢吧啊在上下中")


def phrases(folder: Path) -> None:
    """phrases.txt.gz: canonical expression, tab, kind (phrase, law, organisation, place, idiom), tab, count in the training texts."""
    kept: dict[str, tuple[str, int]] = {}
    if (OUT / "idioms.txt").is_file():
        for line in (OUT / "idioms.txt").read_text(encoding="utf-8").splitlines():
            word, frequency = line.split("\t")
            if not plain_words(word):
                kept[word] = ("idiom", int(frequency))
    with (folder / "phrases.tsv").open(encoding="utf-8") as rows:
        for row in csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE):
            if HAN.fullmatch(re.sub("[、“”]", "", row["phrase"])):
                kept[row["phrase"]] = ("phrase", int(row["count"]))
    with (folder / "places.tsv").open(encoding="utf-8") as rows:
        for row in csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE):
            if (
                row["level"] in ("province", "prefecture", "county")
                and HAN.fullmatch(row["name"])
                and len(row["name"]) >= 3
            ):
                kept.setdefault(row["name"], ("place", 1))
    with (folder / "organisations.tsv").open(encoding="utf-8") as rows:
        for row in csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE):
            if HAN.fullmatch(row["name"]) and len(row["name"]) >= 4 and row["group"] != "mined":
                kept[row["name"]] = ("organisation", int(row["count"]))
    with (folder / "laws.tsv").open(encoding="utf-8") as rows:
        for row in csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE):
            for title, count in ((row["title"], row["count"]), (row["short_title"], row["count_short"])):
                if len(title) >= 4 and HAN.search(title):
                    kept[title] = ("law", int(count or 0))
    text = "".join(f"{phrase}\t{kind}\t{count}\n" for phrase, (kind, count) in sorted(kept.items()))
    (HERE / "phrases.txt.gz").write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    print(Counter(kind for kind, _ in kept.values()), (HERE / "phrases.txt.gz").stat().st_size)


LITTLE = "的地得了和与及或者内中所于照之、"
SURE = 100
GAPPED = ("phrase", "curated", "organisation", "law")


def gaps(folder: Path) -> None:
    """gaps.txt.gz: canonical expression, tab, places of characters whose loss leaves only usual sequences, though the expression without
    the character never stands in the training texts (or a hundredth as often as the whole one); then, alone on a line, every expression
    without one character that does stand there."""
    listed = [one for one in canon().listed if one.kind in GAPPED and len(one.text) >= 5]
    right, made = {one.text for one in canon().listed}, {}
    for one in listed:
        for gap in range(1, len(one.text) - 1):
            short = one.text[:gap] + one.text[gap + 1 :]
            known = short in right or short in one.text or (len(short) <= 8 and vocabulary().code(short))
            if HAN.match(one.text[gap]) and not known and one.count > made.get(short, ("", 0, -1))[2]:
                made[short] = (one.text, gap, one.count)
    shorts, seen = list(made), Counter()
    automaton = CharwiseDoubleArrayAhoCorasick(shorts)
    for name in ("train-01", "train-02", "train-03", "formulas"):
        text = gzip.decompress((folder / f"{name}.txt.gz").read_bytes()).decode()
        for start, end, n in automaton.find_overlapping(text):
            seen[shorts[n]] += made[shorts[n]][0] not in text[start - 1 : end + 1]
    kept: dict[str, list[int]] = {}
    for short, (whole, gap, count) in made.items():
        if seen[short] * SURE <= count and whole[gap] not in LITTLE and usual(short, gap):
            kept.setdefault(whole, []).append(gap)
    text = "".join(f"{whole}\t{','.join(map(str, sorted(places)))}\n" for whole, places in sorted(kept.items()))
    text += "".join(f"{short}\n" for short in sorted(shorts) if seen[short])
    (HERE / "gaps.txt.gz").write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    print(len(made), sum(map(len, kept.values())), (HERE / "gaps.txt.gz").stat().st_size)


def usual(short: str, gap: int) -> bool:
    """Whether the triples around a gap all stand in official texts."""
    ids = official().ids(short)
    starts = np.arange(max(0, gap - 2), min(gap + 1, len(ids) - 2))
    return bool((official().codes(ids[starts], ids[starts + 1], ids[starts + 2]) >= 3).all())


if __name__ == "__main__":
    task, *folders = sys.argv[1:]
    {"words": words, "confusions": confusions, "phrases": phrases, "gaps": gaps}[task](*map(Path, folders))
