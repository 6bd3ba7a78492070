"""The vault of evidence: WARC records, one gzip member each, found by the SHA-256 of their content; equal content is a revisit."""

from __future__ import annotations

import os
import uuid
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

import msgspec

from duwang.capture.shelving import Places
from duwang.model.capturing import Capture

_KEPT_HEADERS = ("content-type", "last-modified", "etag", "date", "server", "location")
_LEVEL, _WINDOW, _MEMORY = (
    3,
    14,
    6,
)  # pages are small: a window of 16 KB packs as well, and making it costs less than a larger one
_SAME = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
_UNCHANGED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
_SAFE = "!#$%&'()*+,/:;=?@[]~|\"<>\\^`{} "


class WarcVault:
    """`captures.warc.gz` and `index.jsonl` in one folder. Only what lies before the committed position counts.
    `earlier` are vaults of earlier rounds: content that lies there is not stored again, unless it is asked for whole."""

    def __init__(self, folder: Path, earlier: Sequence[Path] = ()) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._path, self._index_path = folder / "captures.warc.gz", folder / "index.jsonl"
        self._file = self._path.open("ab")
        self._index_file = self._index_path.open("ab")
        self._earlier = tuple(_Shelf(path) for path in earlier if (path / "index.jsonl").is_file())
        self._places = Places(_lines(self._index_path))

    @staticmethod
    def reading(folder: Path, earlier: Sequence[Path] = ()) -> Shelves:
        """A finished vault and those before it, read only."""
        return Shelves([folder, *earlier])

    def append(self, capture: Capture, *, whole: bool = False) -> str:
        """Store a capture; returns the SHA-256 of its content. `whole` keeps the content here even when an earlier round has it."""
        digest = capture.sha256
        known = digest in self._places or (not whole and self._earlier_shelf(digest) is not None)
        record = _record(capture, revisit=known)
        offset = self._file.tell()
        self._file.write(record)
        if not known:
            self._places.add(digest, offset, len(record))
        line = {
            "sha256": digest, "url": capture.url, "offset": offset, "length": len(record), "revisit": known,
            "at": capture.at.isoformat(),
        }  # fmt: skip
        self._index_file.write(_line(line))
        return digest

    def holds(self, sha256: str) -> bool:
        """True when the content can be read, here or in an earlier round."""
        return sha256 in self._places or self._earlier_shelf(sha256) is not None

    def position(self) -> int:
        """Bytes safely written so far."""
        self._file.flush()
        self._index_file.flush()
        return self._file.tell()

    def truncate(self, position: int) -> None:
        """Forget what was written after a committed position, half records included; an index that lacks lines is made again."""
        self._file.close()
        self._index_file.close()
        with self._path.open("r+b") as file:
            file.truncate(position)
        ends = (line["offset"] + line["length"] for line in _lines(self._index_path))
        whole = max((end for end in ends if end <= position), default=0) == position
        fresh = self._index_path.with_suffix(".new")
        with fresh.open("wb") as file:
            for line in _lines(self._index_path) if whole else _indexed(self._path):
                if line["offset"] + line["length"] <= position:
                    file.write(_line(line))
        os.replace(fresh, self._index_path)
        self._file = self._path.open("ab")
        self._index_file = self._index_path.open("ab")
        self._places = Places(_lines(self._index_path))

    def read(self, sha256: str) -> bytes:
        """The content; KeyError when it is in no vault."""
        if (place := self._places.get(sha256)) is not None:
            if not self._file.closed:
                self._file.flush()
            return _payload(self._path, place)
        if (shelf := self._earlier_shelf(sha256)) is not None:
            return shelf.read(sha256)
        raise KeyError(sha256)

    def close(self) -> None:
        self._file.close()
        self._index_file.close()

    def _earlier_shelf(self, sha256: str) -> _Shelf | None:
        return next((shelf for shelf in self._earlier if sha256 in shelf.places), None)


class Shelves:
    """Finished vaults, the newest first, read only."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._shelves = [_Shelf(folder) for folder in folders if (folder / "index.jsonl").is_file()]

    def read(self, sha256: str) -> bytes:
        """The content; KeyError when no vault has it."""
        return self._of(sha256).read(sha256)

    def record(self, sha256: str) -> bytes:
        """The WARC record (one gzip member) that holds the content."""
        return self._of(sha256).record(sha256)

    def captures(self) -> Iterator[dict[str, Any]]:
        """The lines of all indexes (`url`, `sha256`, `at` …), the newest vault first."""
        for shelf in self._shelves:
            yield from shelf.lines()

    def _of(self, sha256: str) -> _Shelf:
        for shelf in self._shelves:
            if sha256 in shelf.places:
                return shelf
        raise KeyError(sha256)


class _Shelf:
    """A closed vault, read only."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._path = folder, folder / "captures.warc.gz"
        self.places = Places(_lines(folder / "index.jsonl"))

    def read(self, sha256: str) -> bytes:
        return _payload(self._path, self.places[sha256])

    def lines(self) -> Iterator[dict[str, Any]]:
        yield from _lines(self._folder / "index.jsonl")

    def record(self, sha256: str) -> bytes:
        place = self.places[sha256]
        with self._path.open("rb") as file:
            file.seek(place[0])
            return file.read(place[1])


def _line(line: dict[str, Any]) -> bytes:
    return msgspec.json.encode(line) + b"\n"


def _payload(path: Path, place: tuple[int, int]) -> bytes:
    offset, length = place
    with path.open("rb") as file:
        file.seek(offset)
        record = zlib.decompress(file.read(length), 16 + zlib.MAX_WBITS)
    _, _, http = record.partition(b"\r\n\r\n")
    _, _, payload = http.partition(b"\r\n\r\n")
    return payload[: -len(b"\r\n\r\n")]


def _record(capture: Capture, *, revisit: bool) -> bytes:
    kept = [f"{key}: {_printable(value)}" for key, value in capture.headers if key.lower() in _KEPT_HEADERS]
    http = "\r\n".join([f"HTTP/1.1 {capture.status or 0} ", *kept, "", ""]).encode()
    payload = b"" if revisit else capture.body
    head = [
        "WARC/1.1",
        f"WARC-Type: {'revisit' if revisit else 'response'}",
        f"WARC-Record-ID: <urn:uuid:{uuid.uuid4()}>",
        f"WARC-Target-URI: {quote(capture.url, safe=_SAFE)}",
        f"WARC-Date: {capture.at.strftime('%Y-%m-%dT%H:%M:%SZ')}",
        f"WARC-Payload-Digest: sha256:{capture.sha256}",
    ]
    if revisit:
        head.append(f"WARC-Profile: {_UNCHANGED if capture.status == 304 else _SAME}")
    head += ["Content-Type: application/http; msgtype=response", f"Content-Length: {len(http) + len(payload)}", "", ""]
    press = zlib.compressobj(_LEVEL, zlib.DEFLATED, 16 + _WINDOW, _MEMORY)
    parts = ("\r\n".join(head).encode(), http, payload, b"\r\n\r\n")
    return b"".join([*(press.compress(part) for part in parts), press.flush()])


def _printable(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    return "".join(c for c in text if c >= " ").encode("ascii", "backslashreplace").decode()


def _indexed(path: Path) -> Iterator[dict[str, Any]]:
    """The index made again from the records themselves."""
    from warcio.archiveiterator import ArchiveIterator  # seldom needed, and it takes 5 MB

    with path.open("rb") as file:
        records = ArchiveIterator(file)
        for record in records:
            head = record.rec_headers
            digest = str(head.get_header("WARC-Payload-Digest") or "").partition(":")[2]
            line = {
                "sha256": digest, "url": head.get_header("WARC-Target-URI"), "revisit": record.rec_type == "revisit",
                "at": head.get_header("WARC-Date"),
            }  # fmt: skip
            record.content_stream().read()
            yield {**line, "offset": records.get_record_offset(), "length": records.get_record_length()}


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    """Whole lines of the index; a half one at the end of a killed run is left out."""
    if not path.is_file():
        return
    with path.open("rb") as file:
        for line in file:
            if line.endswith(b"\n"):
                try:
                    yield msgspec.json.decode(line)
                except ValueError:
                    continue
