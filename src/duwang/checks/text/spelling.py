"""Misspellings: proposals from the language model and from canonical expressions, weighed together by one ranker."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from duwang.checks.text.context import NAMES as EXPECTED
from duwang.checks.text.context import REACH, Context
from duwang.checks.text.fuse import Ids
from duwang.checks.text.language import Language
from duwang.checks.text.nearness import Near, near
from duwang.checks.text.own_names import NUMBER, VILLAGE, within
from duwang.checks.text.phrases import Phrase, Phrases
from duwang.checks.text.proposals import EXTRA, MISSING, PAIR, SINGLE, TURNED, Proposals, proposals, proposed, together
from duwang.checks.text.prose import PAD, Prose, prepared
from duwang.checks.text.segmenting import torn
from duwang.checks.text.slips import Slip, slips, strangers
from duwang.checks.text.trees import Trees
from duwang.checks.text.unlike import strangeness
from duwang.checks.text.vocabulary import SHAPE, Confusable, Words
from duwang.checks.text.weighing import NAMES, weighed

_LIKELY, _SECOND = 0.5, 0.3
_BESIDE = 4  # characters within which one misspelling rules out another
DOUBTED = -4.0  # first scores from which the sentence is read with the context model
_WORTH = 5
_USUAL = 12
_NEVER = np.float32(30.0)
_TELLING = 3  # characters of a word that an edit makes in a name, so that it is none (贫困村)
_BACKED = 0.5  # a doubtful edit with an expression behind it
_JOINS = "及和与或"
_LEVELS = "省市县区州盟旗乡镇村各等"
_DROPPED, _FIXED = "的地得了和与及或者内中所于照之以、", ("phrase", "curated", "organisation", "law")
_NAMED = ("curated", "organisation", "law")
_SHORT = 3 * REACH  # a text too short to be read around the word
_EXPECTED = 9.0  # log chance that a slip of a word must gain in its sentence
SECOND = (*NAMES, "first", *EXPECTED, "held")
SLIP = 0.0
_IDIOM, _FAMOUS = 4, 100
_WHOLE = 10  # an expression so long that even its little words are fixed
_COMMON, _LISTED, _RARER, _NOT_SURE = 12, 7, 4, np.float32(1.4)
_LITTLE, _PLAIN = "不有无非的地得了及和或与在是为其即已一以之", np.float32(1.0)
_LONG = {"curated": 5, "law": 6, "organisation": 5, "place": 5, "phrase": 99}
_BEFORE, _WHY = NAMES.index("word_before"), NAMES.index("why")
_GAIN, _LONGEST_AFTER = NAMES.index("gain"), NAMES.index("word_after_longest")
_RARE_WORD = 12  # word_before of an odd spelling that dictionaries list beside the usual one
# (text, start, end, right) → something where a misspelling is looked for
Wanted = Callable[[str, int, int, str], object | None]
EDITS = {SINGLE: "错字", PAIR: "错字", MISSING: "漏字", EXTRA: "多字", TURNED: "颠倒"}


@dataclass(frozen=True, slots=True)
class Misspelling:
    """[start, end) of the text should read `right`. `score`: log odds of the ranker. With `phrase`, [start, end) is the whole
    variant of that expression."""

    start: int
    end: int
    right: str
    edit: str
    score: float
    phrase: Phrase | None = None


@dataclass(frozen=True, slots=True)
class Speller:
    """The tables and the trees that decide."""

    language: Language
    alike: Confusable
    words: Words
    phrases: Phrases
    trees: Trees | None = None
    context: Context | None = None
    second: Trees | None = None

    def proposals(
        self, prose: Prose, *, guess: bool = True
    ) -> tuple[Proposals, list[Near | None], NDArray[np.float32]]:
        """What is proposed for a text, with the expression behind it if there is one, and the ranker's features. Without `guess`
        only what an expression stands behind."""
        guessed = proposals(prose, self.language, self.alike) if guess else together([])
        nears, edits = near(prose, self.phrases, self.language, self.alike, self.words)
        both = together([guessed, edits])
        behind: list[Near | None] = [None] * len(guessed) + list(nears)
        rows = _distinct(both, behind)
        made = both.take(np.array(rows, np.int64))
        kept = [behind[row] for row in rows]
        return made, kept, weighed(prose, self.language, self.words, made, kept)

    def look(
        self, prose: Prose, *, least: float, guess: bool = True, wanted: Wanted | None = None
    ) -> list[Misspelling]:
        """The misspellings of a text whose log odds are at least so much, in reading order; of overlapping ones the likeliest. Lines
        with a likely one are read again with it mended, because an error hides its neighbours. With `wanted` the others are weighed only
        beside one that is."""
        first = self._pass(prose, least=least, guess=guess, wanted=wanted)
        likely = [one for one in first if one.score >= _LIKELY and len(one.right) == one.end - one.start]
        if not likely:
            return first
        again, of_line = _mended(prose, likely)
        seen = [(one.start, one.end) for one in first]
        for one in self._pass(again, least=least + _SECOND, guess=guess, wanted=wanted):
            start = one.start + of_line(one.start)
            moved = replace(one, start=start, end=start + one.end - one.start)
            if not any(moved.start < b + 1 and a < moved.end + 1 for a, b in seen):
                first.append(moved)
        return sorted(first, key=lambda one: one.start)

    def _plain(self, prose: Prose, made: Proposals) -> NDArray[np.bool_]:
        """Which proposals only put in, take out or exchange a little word that neither looks nor sounds alike."""
        little = np.isin(np.arange(len(self.language.characters)), self.language.ids(_LITTLE))
        new, old = little[made.new[:, 0]], little[prose.ids[made.at]]
        single = (made.kind == SINGLE) & (made.why[:, 0] == 0) & (new | old)
        doubled = prose.ids[made.at] == prose.ids[made.at - 1]
        either: NDArray[np.bool_] = single | ((made.kind == MISSING) & new) | ((made.kind == EXTRA) & old & ~doubled)
        return either

    def doubted(
        self,
        prose: Prose,
        made: Proposals,
        behind: list[Near | None],
        features: NDArray[np.float32],
        scores: NDArray[np.float32],
    ) -> tuple[Ids, NDArray[np.float32]]:
        """Rows that the first trees do not rule out, and what the second ones see of them: the first score, what the whole sentence
        expects, whether the expression behind it stands there as one of its own."""
        assert self.context is not None
        held = np.zeros(len(made), np.float32)
        for n, one in enumerate(behind):
            if one is not None and (
                scores[n] >= DOUBTED or (made.kind[n] == MISSING and len(one.phrase.text) >= _WORTH)
            ):
                held[n] = 1 if torn(prose.text, one.start, one.end) else 2
        kept = np.flatnonzero((scores >= DOUBTED) | ((held == 2) & (made.kind == MISSING)))
        if not len(kept):
            return kept, np.zeros((0, len(SECOND)), np.float32)
        seen = self.context.features(prose, made.take(kept))
        return kept, np.concatenate((features[kept], scores[kept, None], seen, held[kept, None]), axis=1)

    def _scores(
        self,
        prose: Prose,
        made: Proposals,
        behind: list[Near | None],
        features: NDArray[np.float32],
        wanted: Wanted | None,
    ) -> NDArray[np.float32]:
        """Log odds of the proposals; what the first trees do not rule out is read again in its sentence."""
        assert self.trees is not None
        scores, gapped = self.trees.scores(features), np.zeros(0, np.int64)
        if wanted is not None:
            scores[self._unwanted(prose, made, scores, wanted)] = -_NEVER
        if self.context is not None and self.second is not None:
            kept, rows = self.doubted(prose, made, behind, features, scores)
            if len(kept):
                scores[kept] = self.second.scores(rows)
                lost = kept[(rows[:, -1] == 2) & (made.kind[kept] == MISSING)].tolist()
                gapped = np.array([n for n in lost if self._gapped(prose, behind[n], int(made.at[n]) - PAD)], np.int64)
        scores = _raised(
            scores, features, behind, self._plain(prose, made), self._other(prose, made, behind), self.words
        )
        broken = [
            n for n, one in enumerate(behind) if one is not None and scores[n] < 0 and self._broken(prose, made, one, n)
        ]
        scores[[*gapped, *broken]] = np.maximum(scores[[*gapped, *broken]], 0.0)
        self._estrange(prose, made, behind, scores)
        scores[self._exchanged(prose, made, behind, scores)] = _NOT_SURE
        unbacked = np.array([one is None for one in behind], np.bool_) & (features[:, _LONGEST_AFTER] < _TELLING)
        scores[within(prose, made.at, NUMBER) | (unbacked & within(prose, made.at, VILLAGE))] = -_NEVER
        return scores

    def _estrange(self, prose: Prose, made: Proposals, behind: list[Near | None], scores: NDArray[np.float32]) -> None:
        """Raise expressions with a character in them that neither looks nor sounds like the right one."""
        for n in np.flatnonzero((made.kind == SINGLE) & (made.why[:, 0] == 0) & (made.gain > 0)).tolist():
            one = behind[n]
            if one is not None and one.end - one.start == len(one.phrase.text):
                strange = strangeness(prose, one.phrase, one.start, int(made.at[n]) - PAD, self.words)
                if strange is not None:
                    scores[n] = max(scores[n], strange)

    def _unwanted(
        self, prose: Prose, made: Proposals, scores: NDArray[np.float32], wanted: Wanted
    ) -> NDArray[np.bool_]:
        """Doubtful rows with no wanted one beside them."""
        rows = np.flatnonzero(scores >= DOUBTED)
        places = made.at[rows]
        held = [
            wanted(prose.text, at, at + int(made.old[n]), self._written(made, n)) is not None
            for n, at in zip(rows.tolist(), (places - PAD).tolist(), strict=True)
        ]
        there = places[np.array(held, np.bool_)]
        away: NDArray[np.bool_] = np.zeros(len(made), np.bool_)
        away[rows] = (np.abs(places[:, None] - there[None, :]) > _BESIDE).all(axis=1)
        return away

    def _written(self, made: Proposals, row: int) -> str:
        return "".join(self.language.characters[c] for c in made.new[row] if c)

    def _exchanged(
        self, prose: Prose, made: Proposals, behind: list[Near | None], scores: NDArray[np.float32]
    ) -> list[int]:
        """Likely proposals that make one common word of another (实地察看 is as good as 实地查看): never more than a hint, unless a canonical
        expression, a law or an organ is meant. Nor is a listed word (粗犷) surely another whose characters only look alike (相关)."""
        likely = np.flatnonzero((scores > _NOT_SURE) & ((made.kind == SINGLE) | (made.kind == PAIR))).tolist()
        named = [one is not None and one.phrase.kind in _NAMED for one in behind]
        places = {n: int(made.at[n]) - PAD for n in likely if not named[n]}
        return [
            n
            for n, at in places.items()
            if (made.kind[n] == PAIR and SHAPE in made.why[n] and self.words.code(prose.text[at : at + 2]) >= _LISTED)
            or (made.kind[n] == SINGLE and self._both_words(prose.text, at, int(made.new[n, 0])))
        ]

    def _both_words(self, text: str, at: int, new: int) -> bool:
        right = self.language.characters[new]
        written = (text[max(0, at - 1) : at + 1], text[at : at + 2])
        meant = (text[max(0, at - 1) : at] + right, right + text[at + 1 : at + 2])
        return any(
            len(a) == 2
            and self.words.code(a) >= max(_COMMON, self.words.code(b) - _RARER)
            and self.words.code(b) >= _COMMON
            for a, b in zip(written, meant, strict=True)
        )

    def _gapped(self, prose: Prose, one: Near | None, at: int) -> bool:
        """Whether an expression stands there that has lost a telling character, and official texts never leave that one out."""
        if one is None or one.phrase.kind not in _FIXED or len(one.phrase.text) < _WORTH:
            return False
        if one.phrase.text[at - one.start] in _DROPPED and len(one.phrase.text) < _WHOLE:
            return False
        return prose.text[one.start : one.end] not in self.phrases.usual

    def _broken(self, prose: Prose, made: Proposals, one: Near, row: int) -> bool:
        """Whether a fixed expression stands there with an alike character, two turned ones, or without a telling one, and official texts
        never have the characters around that place in this order: then the variant never stands in them. Of a well-known idiom any character
        may be wrong."""
        if one.phrase.kind == "idiom":
            strange = not prose.triples[one.start + PAD : one.end + PAD - 2].any()
            whole = one.end - one.start == len(one.phrase.text) == _IDIOM and made.kind[row] == SINGLE
            return whole and strange and one.phrase.count >= _FAMOUS and not _of_two_words(one.phrase.text, self.words)
        if one.phrase.kind not in _FIXED or len(one.phrase.text) < _WORTH or made.gain[row] <= 0:
            return False
        kind, at = int(made.kind[row]), int(made.at[row])
        if kind not in (SINGLE, TURNED, MISSING) or (kind == SINGLE and not made.why[row, 0]):
            return False
        last = min(one.end + PAD - 3, at - (kind == MISSING) + (kind == TURNED))
        unseen = int((prose.triples[max(one.start + PAD, at - 2) : last + 1] == 0).sum())
        if kind != MISSING or not unseen:
            return unseen > 0
        lost = one.phrase.text[at - PAD - one.start]
        if lost in _LEVELS or not self._gapped(prose, one, at - PAD):
            return False
        return unseen > 1 or not torn(prose.text, one.start, one.end)

    def _pass(self, prose: Prose, *, least: float, guess: bool, wanted: Wanted | None) -> list[Misspelling]:
        made, behind, features = self.proposals(prose, guess=guess)
        if not len(made):
            return []
        scores = self._scores(prose, made, behind, features, wanted)
        taken: list[Misspelling] = []
        spans: list[tuple[int, int]] = []
        for n in np.argsort(-scores, kind="stable"):
            if scores[n] < least:
                break
            start = int(made.at[n]) - PAD
            end = start + int(made.old[n])
            if any(start <= b + 1 and a <= end + 1 for a, b in spans):
                continue
            spans.append((start, end))
            taken.append(
                _told(prose, start, end, self._written(made, n), int(made.kind[n]), float(scores[n]), behind[n])
            )
        for start, end, right, _ in self._slips(prose, wanted):
            if not any(start <= b and a <= end for a, b in spans):
                taken.append(Misspelling(prose.base + start, prose.base + end, right, EDITS[SINGLE], SLIP))
        return sorted(taken, key=lambda one: one.start)

    def _other(self, prose: Prose, made: Proposals, behind: list[Near | None]) -> NDArray[np.bool_]:
        """Which proposals make one expression of another that is right as well: take out a level of government (市县农业部门), change a
        character that neither looks nor sounds alike (谁监管谁负责), put in one that official texts leave out as well."""
        levels = np.isin(np.arange(len(self.language.characters)), self.language.ids(_LEVELS))
        old = prose.ids[made.at]
        doubled = (old == prose.ids[made.at - 1]) | (old == prose.ids[made.at + 1])
        unlike = (made.kind == SINGLE) & (made.why[:, 0] == 0)
        usual = [one is not None and prose.text[one.start : one.end] in self.phrases.usual for one in behind]
        joins = np.isin(old, self.language.ids(_JOINS))
        found: NDArray[np.bool_] = (
            ((made.kind == EXTRA) & (levels[old] | joins) & ~doubled) | unlike | np.array(usual, np.bool_)
        )
        return found

    def _slips(self, prose: Prose, wanted: Wanted | None) -> list[Slip]:
        """Dictionary words with an alike character in them; only those that the sentence expects, if there is enough of it."""
        found = slips(prose, self.language, self.alike, self.words)
        found += [
            one
            for one in strangers(prose, self.language, self.alike, self.words)
            if not any(a < one[1] and one[0] < b for a, b, *_ in found)
        ]
        if wanted is not None:
            found = [one for one in found if wanted(prose.text, *one[:3]) is not None]
        numbers = [one.span() for one in NUMBER.finditer(prose.text)]
        found = [one for one in found if not any(a < one[1] and one[0] < b for a, b in numbers)]
        if self.context is None or not found or len(prose.text) < _SHORT:
            return found
        at = [next(n for n in range(start, end) if prose.text[n] != right[n - start]) for start, end, right, _ in found]
        new = [self.language.ids(right[n - start]) for n, (start, _, right, _) in zip(at, found, strict=True)]
        made = proposed(SINGLE, np.array(at) + PAD, np.ones(len(at)), np.concatenate(new), np.zeros(len(at)))
        expected = self.context.features(prose, made)[:, EXPECTED.index("seen_total")]
        return [one for one, gain in zip(found, expected, strict=True) if gain >= _EXPECTED]


def _raised(
    scores: NDArray[np.float32],
    features: NDArray[np.float32],
    behind: list[Near | None],
    plain: NDArray[np.bool_],
    other: NDArray[np.bool_],
    words: Words,
) -> NDArray[np.float32]:
    """What the trees cannot know. Little words come and go in good prose (`plain`), so such edits need more. Idioms are rare in
    official texts: an alike or turned character in one, where no dictionary word explains it, is sure. Nearly all of a long expression
    standing there is worth a hint, unless it is another expression (`other`)."""
    made = (scores - _PLAIN * plain).astype(np.float32)
    for n, one in enumerate(behind):
        if one is None:
            continue
        kind, why, gain = int(features[n, 0]), features[n, _WHY], features[n, _GAIN]
        if one.phrase.kind == "idiom":
            alike = kind == TURNED or (kind == SINGLE and why > 0)
            if features[n, _BEFORE] <= _RARE_WORD and alike and not _of_two_words(one.phrase.text, words):
                made[n] = max(made[n], 1.9 if one.phrase.count > 2 else 0.0)
        elif other[n]:
            continue
        elif gain > 5 and len(one.phrase.text) >= (6 if kind == MISSING else _LONG[one.phrase.kind]):
            made[n] = max(made[n], 0.0)
        elif made[n] < 0 and one.phrase.kind in _FIXED and len(one.phrase.text) >= _WORTH:
            made[n] = min(made[n] + _BACKED, 0.0)
    return made


def _of_two_words(idiom: str, words: Words) -> bool:
    """Whether an expression is only two common words side by side (提前完成)."""
    return len(idiom) == 4 and words.code(idiom[:2]) >= _USUAL and words.code(idiom[2:]) >= _USUAL


def _mended(prose: Prose, likely: list[Misspelling]) -> tuple[Prose, Callable[[int], int]]:
    """The lines with likely misspellings, mended, as a text of their own; and how far an offset in it is from the whole text's."""
    text = prose.text
    mended = list(text)
    lines: set[tuple[int, int]] = set()
    for one in likely:
        start, end = one.start - prose.base, one.end - prose.base
        mended[start:end] = one.right
        last = text.find("\n", end)
        lines.add((text.rfind("\n", 0, start) + 1, last if last >= 0 else len(text)))
    whole = "".join(mended)
    starts, shifts, parts, length = [], [], [], 0
    for start, end in sorted(lines):
        starts.append(length)
        shifts.append(prose.base + start - length)
        parts.append(whole[start:end])
        length += end - start + 1
    return prepared("\n".join(parts), prose.language), lambda at: shifts[bisect_right(starts, at) - 1]


def _told(prose: Prose, start: int, end: int, right: str, kind: int, score: float, behind: Near | None) -> Misspelling:
    if behind is not None:
        start, end, right = behind.start, behind.end, behind.phrase.text
    phrase = behind.phrase if behind else None
    return Misspelling(prose.base + start, prose.base + end, right, EDITS[kind], score, phrase)


def _distinct(made: Proposals, behind: list[Near | None]) -> list[int]:
    """Rows without repeats: of equal edits the one with the longest expression behind it."""
    best: dict[tuple[int, ...], int] = {}
    for row in range(len(made)):
        key = (int(made.kind[row]), int(made.at[row]), int(made.new[row, 0]), int(made.new[row, 1]))
        other = best.get(key)
        if other is None or _length(behind[row]) > _length(behind[other]):
            best[key] = row
    return sorted(best.values())


def _length(near_by: Near | None) -> int:
    return len(near_by.phrase.text) + 10 * (near_by.phrase.kind == "curated") if near_by else 0
