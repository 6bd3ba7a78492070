"""The folder store: the files of one inspection, written whole or not at all."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from duwang.flow.records import finding_from, outcome_from, plain, probe_from, review_from, verdict_from
from duwang.model.findings import Finding, Outcome
from duwang.model.material import Probe
from duwang.model.verdicts import Review, Verdict

Made = TypeVar("Made")


class FolderFault(Exception):
    """An inspection folder that cannot be used; the text is for people."""


class Folder:
    """Reads and writes the files of interfaces §3. Missing optional files read as empty."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def require(self) -> Folder:
        """FolderFault unless this is a finished inspection folder."""
        if not (self.path / "run.json").is_file():
            raise FolderFault(f"{self.path} 不是检查结果目录：里面没有 run.json，请先运行 duwang inspect")
        if not self.run().get("complete"):
            raise FolderFault(f"{self.path} 里的检查没有做完，请用 duwang inspect … --resume 接着做")
        return self

    def run(self) -> dict[str, Any]:
        return self.read_json("run.json") or {}

    def write_json(self, name: str, value: Any) -> None:
        text = json.dumps(plain(value), ensure_ascii=False, indent=1, sort_keys=isinstance(value, dict))
        self.write(name, (text + "\n").encode())

    def read_json(self, name: str) -> Any:
        path = self.path / name
        if not path.is_file():
            return None
        try:
            return json.loads(path.read_text("utf-8"))
        except (ValueError, UnicodeDecodeError) as fault:
            raise FolderFault(f"{path} 内容损坏，不是有效的JSON：{fault}") from None

    def write_lines(self, name: str, records: Iterable[Any]) -> None:
        """One record a line, written as they come: a large site's lines do not fit into memory together."""
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(path.name + ".new")
        encode, spread = msgspec.json.Encoder(order="sorted").encode, msgspec.json.format
        with fresh.open("wb") as stream:
            for record in records:
                stream.write(spread(encode(plain(record)), indent=0))
                stream.write(b"\n")
        os.replace(fresh, path)

    def read_lines(self, name: str) -> Iterator[dict[str, Any]]:
        path = self.path / name
        if not path.is_file():
            return
        with path.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                if line := line.strip().removeprefix(b"\xef\xbb\xbf"):
                    try:
                        record = msgspec.json.decode(line)
                    except (msgspec.DecodeError, UnicodeDecodeError):
                        raise FolderFault(f"{path} 第{number}行损坏，不是有效的JSON（UTF-8编码）") from None
                    if not isinstance(record, dict):
                        raise FolderFault(f"{path} 第{number}行不是一条记录")
                    yield record

    def write(self, name: str, content: bytes) -> Path:
        """Write beside, then rename: a reader never sees half a file."""
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(path.name + ".new")
        fresh.write_bytes(content)
        os.replace(fresh, path)
        return path

    def findings(self) -> list[Finding]:
        return list(self.each_finding())

    def each_finding(self) -> Iterator[Finding]:
        """One by one: tens of thousands do not fit into the memory of a small machine."""
        return _each(self.path / "findings.jsonl", finding_from, "问题记录")

    def outcomes(self) -> list[Outcome]:
        return list(_each(self.path / "outcomes.jsonl", outcome_from, "结论记录"))

    def verdicts(self) -> list[Verdict]:
        return [verdict_from(record) for record in self.read_json("verdicts.json") or []]

    def reviews(self) -> list[Review]:
        return read_reviews(self.path / "reviews.jsonl") if (self.path / "reviews.jsonl").is_file() else []

    def probes(self) -> list[Probe]:
        return read_probes(self.path / "probes.jsonl") if (self.path / "probes.jsonl").is_file() else []


def read_reviews(path: Path) -> list[Review]:
    """reviews.jsonl; FolderFault names file and line."""
    return list(_each(path, review_from, "复核记录"))


def read_probes(path: Path) -> list[Probe]:
    """probes.jsonl; FolderFault names file and line."""
    return list(_each(path, probe_from, "探测记录"))


def _each(path: Path, make: Callable[[dict[str, Any]], Made], what: str) -> Iterator[Made]:
    for number, record in enumerate(Folder(path.parent).read_lines(path.name), 1):
        try:
            yield make(record)
        except (KeyError, ValueError, TypeError) as fault:
            raise FolderFault(f"{path} 第{number}行的{what}不完整或写法不对：{fault}") from None
