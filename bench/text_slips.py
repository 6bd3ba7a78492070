"""Slips of input methods: a whole word taken for another that sounds the same, the commoner the likelier."""

from __future__ import annotations

import random
from pathlib import Path

from pypinyin import Style, lazy_pinyin

from bench.text_models import blurred

LEAST, LONGEST = 40, 4
NEARLY = 0.25


class WordSlips:
    """Dictionary words by sound."""

    def __init__(self, dictionary: Path) -> None:
        self.sounds: dict[str, tuple[str, str]] = {}
        self.same: dict[str, list[str]] = {}
        self.near: dict[str, list[str]] = {}
        self.often: dict[str, int] = {}
        for line in dictionary.read_text(encoding="utf-8").splitlines():
            word, frequency = line.split("\t")
            if 2 <= len(word) <= LONGEST and int(frequency) >= LEAST:
                read = lazy_pinyin(word, style=Style.NORMAL)
                sound, rough = " ".join(read), " ".join(map(blurred, read))
                self.sounds[word], self.often[word] = (sound, rough), int(frequency)
                self.same.setdefault(sound, []).append(word)
                self.near.setdefault(rough, []).append(word)

    def other(self, line: str, at: int, chance: random.Random) -> tuple[str, str] | None:
        """(word that stands there, word of the same sound); None where there is none."""
        for length in range(LONGEST, 1, -1):
            word = line[at : at + length]
            if word in self.sounds:
                sound, rough = self.sounds[word]
                listed = self.near[rough] if chance.random() < NEARLY else self.same[sound]
                others = [one for one in listed if one != word]
                if others:
                    return word, chance.choices(others, [self.often[one] ** 0.5 for one in others])[0]
        return None
