"""What a site has many of, kept in a file: fifty thousand pages or lines do not fit into the memory of a small machine."""

from __future__ import annotations

import tempfile
from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, TypeVar, overload

import msgspec

from duwang.model.material import PageDigest

_AT_ONCE = 512
T = TypeVar("T")


class Filed(Sequence[T], Generic[T]):
    """Reads like a tuple; every record is made anew when it is asked for, so it is compared by value. The file goes with the object."""

    def __init__(self, records: Iterable[T], kind: type[T]) -> None:
        self._file = tempfile.TemporaryFile(prefix="duwang-")  # noqa: SIM115
        self._ends = array("Q", (0,))
        encode = msgspec.msgpack.Encoder().encode
        for record in records:
            self._ends.append(self._ends[-1] + self._file.write(encode(record)))
        self._file.flush()
        self._decode = msgspec.msgpack.Decoder(kind).decode

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __iter__(self) -> Iterator[T]:
        for first in range(0, len(self), _AT_ONCE):
            yield from self._read(first, min(len(self), first + _AT_ONCE))

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[T]: ...
    def __getitem__(self, at: int | slice) -> T | Sequence[T]:
        if isinstance(at, slice):
            return [self[n] for n in range(*at.indices(len(self)))]
        n = at + len(self) if at < 0 else at
        if not 0 <= n < len(self):
            raise IndexError(at)
        return self._read(n, n + 1)[0]

    def _read(self, first: int, last: int) -> list[T]:
        start = self._ends[first]
        self._file.seek(start)
        piece = memoryview(self._file.read(self._ends[last] - start))
        ends = self._ends[first : last + 1]
        return [self._made(piece[ends[n] - start : ends[n + 1] - start]) for n in range(last - first)]

    def _made(self, piece: memoryview) -> T:
        return self._decode(piece)


class Digests(Filed[PageDigest]):
    """The pages of a site as site checks need them. The numbers of a sketch are packed: checks keep many pages at a time."""

    def __init__(self, pages: Iterable[PageDigest]) -> None:
        super().__init__(pages, PageDigest)

    def _made(self, piece: memoryview) -> PageDigest:
        page = self._decode(piece)
        if page.sketch:
            object.__setattr__(page, "sketch", array("I", page.sketch))
        return page
