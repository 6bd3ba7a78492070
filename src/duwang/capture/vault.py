"""The vault of evidence: WARC records, one gzip member each, found by the SHA-256 of their content; equal content is a revisit."""

from __future__ import annotations

import gzip
import io
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from duwang.model.capturing import Capture

_KEPT_HEADERS = ("content-type", "last-modified", "etag", "date", "server", "location")


class WarcVault:
    """`captures.warc.gz` and `index.jsonl` in one folder. Only what lies before the committed position counts."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._path, self._index_path = folder / "captures.warc.gz", folder / "index.jsonl"
        self._file = self._path.open("ab")
        self._index_file = self._index_path.open("a", encoding="utf-8")
        self._places: dict[str, tuple[int, int]] = {}
        for line in _lines(self._index_path):
            if not line["revisit"]:
                self._places[line["sha256"]] = (line["offset"], line["length"])

    def append(self, capture: Capture) -> str:
        """Store a capture; returns the SHA-256 of its content."""
        known = capture.sha256 in self._places
        record = _record(capture, revisit=known)
        offset = self._file.tell()
        self._file.write(record)
        if not known:
            self._places[capture.sha256] = (offset, len(record))
        line = {
            "sha256": capture.sha256,
            "url": capture.url,
            "offset": offset,
            "length": len(record),
            "revisit": known,
            "at": capture.at.isoformat(),
        }
        self._index_file.write(json.dumps(line, ensure_ascii=False) + "\n")
        return capture.sha256

    def position(self) -> int:
        """Bytes safely written so far."""
        self._file.flush()
        self._index_file.flush()
        return self._file.tell()

    def truncate(self, position: int) -> None:
        """Forget what was written after a committed position, half records included."""
        self._file.close()
        self._index_file.close()
        with self._path.open("r+b") as file:
            file.truncate(position)
        kept = [line for line in _lines(self._index_path) if line["offset"] + line["length"] <= position]
        fresh = self._index_path.with_suffix(".new")
        fresh.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in kept), "utf-8")
        os.replace(fresh, self._index_path)
        self._file = self._path.open("ab")
        self._index_file = self._index_path.open("a", encoding="utf-8")
        self._places = {line["sha256"]: (line["offset"], line["length"]) for line in kept if not line["revisit"]}

    def read(self, sha256: str) -> bytes:
        """The content; KeyError when it is not in the vault."""
        offset, length = self._places[sha256]
        self._file.flush()
        with self._path.open("rb") as file:
            file.seek(offset)
            record = gzip.decompress(file.read(length))
        _, _, http = record.partition(b"\r\n\r\n")
        _, _, payload = http.partition(b"\r\n\r\n")
        return payload[: -len(b"\r\n\r\n")]

    def close(self) -> None:
        self._file.close()
        self._index_file.close()


def _record(capture: Capture, *, revisit: bool) -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    kept = [(key, _printable(value)) for key, value in capture.headers if key.lower() in _KEPT_HEADERS]
    http = StatusAndHeaders(f"{capture.status or 0} ", kept, protocol="HTTP/1.1")
    headers = {
        "WARC-Date": capture.at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "WARC-Payload-Digest": f"sha256:{capture.sha256}",
    }
    if revisit:
        headers["WARC-Profile"] = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
    body = io.BytesIO(b"" if revisit else capture.body)
    kind = "revisit" if revisit else "response"
    writer.write_record(
        writer.create_warc_record(
            _printable(capture.url), kind, payload=body, http_headers=http, warc_headers_dict=headers
        )
    )
    return out.getvalue()


def _printable(text: str) -> str:
    return "".join(c for c in text if c >= " ").encode("ascii", "backslashreplace").decode()


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    """Whole lines of the index; a half one at the end of a killed run is left out."""
    if not path.is_file():
        return
    with path.open(encoding="utf-8", errors="replace") as file:
        for line in file:
            if line.endswith("\n"):
                try:
                    yield json.loads(line)
                except ValueError:
                    continue
