"""Where each content lies in a vault: a table by half of its SHA-256, for a hundred thousand contents in a few megabytes."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from typing import Any

_HALF = (1 << 64) - 1
_FEWEST = 1 << 8


class Places:
    """SHA-256 (hex) → offset and length. A slot is free while its length is 0; half of the slots are always free."""

    __slots__ = ("_first", "_held", "_lengths", "_mask", "_offsets", "_second")

    def __init__(self, lines: Iterable[dict[str, Any]] = ()) -> None:
        """The lines of an index; revisits hold nothing."""
        self._empty(_FEWEST)
        for line in lines:
            if not line["revisit"]:
                self.add(line["sha256"], line["offset"], line["length"])

    def add(self, sha256: str, offset: int, length: int) -> None:
        """Note a content; a later place of the same content takes over."""
        if 2 * self._held > self._mask:
            self._grow()
        first, second = _halves(sha256)
        self._put(first, second, offset, length)

    def get(self, sha256: str) -> tuple[int, int] | None:
        """(offset, length); None for what is not here."""
        slot = self._slot(*_halves(sha256))
        return (self._offsets[slot], self._lengths[slot]) if self._lengths[slot] else None

    def __getitem__(self, sha256: str) -> tuple[int, int]:
        if (place := self.get(sha256)) is None:
            raise KeyError(sha256)
        return place

    def __contains__(self, sha256: str) -> bool:
        return self.get(sha256) is not None

    def _empty(self, slots: int) -> None:
        self._held, self._mask = 0, slots - 1
        self._first, self._second, self._offsets = (array("Q", bytes(8 * slots)) for _ in range(3))
        self._lengths = array("Q", bytes(8 * slots))

    def _slot(self, first: int, second: int) -> int:
        """The slot of a content, or the free one where it belongs."""
        slot = first & self._mask
        while self._lengths[slot] and (self._first[slot] != first or self._second[slot] != second):
            slot = (slot + 1) & self._mask
        return slot

    def _put(self, first: int, second: int, offset: int, length: int) -> None:
        slot = self._slot(first, second)
        self._held += not self._lengths[slot]
        self._first[slot], self._second[slot], self._offsets[slot], self._lengths[slot] = first, second, offset, length

    def _grow(self) -> None:
        old = self._first, self._second, self._offsets, self._lengths
        self._empty(2 * (self._mask + 1))
        for first, second, offset, length in zip(*old, strict=True):
            if length:
                self._put(first, second, offset, length)


def _halves(sha256: str) -> tuple[int, int]:
    """The first 128 of the 256 bits: no two contents that anybody can make share them."""
    number = int(sha256[:32], 16)
    return number >> 64, number & _HALF
