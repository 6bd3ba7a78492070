"""The pages of a site as site checks need them, kept in a file: fifty thousand of them do not fit into the memory of a small machine."""

from __future__ import annotations

import tempfile
from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import overload

import msgspec

from duwang.model.material import PageDigest

_AT_ONCE = 512


class Digests(Sequence[PageDigest]):
    """Reads like a tuple; every page is made anew when it is asked for, so it is compared by value. The file goes with the object."""

    def __init__(self, pages: Iterable[PageDigest]) -> None:
        self._file = tempfile.TemporaryFile(prefix="duwang-pages-")  # noqa: SIM115
        self._ends = array("Q", (0,))
        encode = msgspec.msgpack.Encoder().encode
        for page in pages:
            self._ends.append(self._ends[-1] + self._file.write(encode(page)))
        self._file.flush()
        self._decode = msgspec.msgpack.Decoder(PageDigest).decode

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __iter__(self) -> Iterator[PageDigest]:
        for first in range(0, len(self), _AT_ONCE):
            yield from self._read(first, min(len(self), first + _AT_ONCE))

    @overload
    def __getitem__(self, at: int) -> PageDigest: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[PageDigest]: ...
    def __getitem__(self, at: int | slice) -> PageDigest | Sequence[PageDigest]:
        if isinstance(at, slice):
            return [self[n] for n in range(*at.indices(len(self)))]
        n = at + len(self) if at < 0 else at
        if not 0 <= n < len(self):
            raise IndexError(at)
        return self._read(n, n + 1)[0]

    def _read(self, first: int, last: int) -> list[PageDigest]:
        start = self._ends[first]
        self._file.seek(start)
        piece = memoryview(self._file.read(self._ends[last] - start))
        ends = self._ends[first : last + 1]
        return [self._decode(piece[ends[n] - start : ends[n + 1] - start]) for n in range(last - first)]
