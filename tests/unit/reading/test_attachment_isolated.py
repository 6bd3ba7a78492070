"""The child process: the same answers, and nothing it meets ends the run."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from duwang.reading import isolated
from duwang.reading.attachment import read_attachment
from duwang.reading.isolated import read_isolated
from unit.reading.office_files import docx, paragraph, pdf, xlsx


@pytest.fixture(autouse=True)
def a_pool_of_its_own(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Workers left by other tests have other limits; each test here starts with none."""
    fresh = type(isolated._pool)()
    monkeypatch.setattr(isolated, "_pool", fresh)
    yield
    fresh.close()


def test_same_answers_as_in_process_and_the_child_is_reused() -> None:
    started = []
    for body in (docx(paragraph("甲") * 3), xlsx(表=[["甲", 1]]), pdf(["乙"]), b"", b"\x89PNG\r\n\x1a\n0"):
        assert read_isolated(body, "附件") == read_attachment(body, name="附件")
        started.append([worker.process.pid for worker in isolated._pool.idle])
    assert started[0] == started[-1]


def test_many_small_attachments_are_cheap() -> None:
    body = docx(paragraph("甲"))
    read_isolated(body, "a.docx")
    begin = time.perf_counter()
    for _ in range(100):
        assert read_isolated(body, "a.docx").text == "甲"
    assert (time.perf_counter() - begin) / 100 < 0.02


def test_hang_and_crash_are_values(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    read_isolated(b"x", "a.txt")
    worker = isolated._pool.idle[-1]
    os.kill(worker.process.pid, signal.SIGSTOP)  # as if it hung
    got = read_isolated(b"x", "a.txt", seconds=0.3)
    assert got.status == "damaged" and got.detail == "0.3秒内没有读完，已停止读取"
    read_isolated(b"x", "a.txt")
    os.kill(isolated._pool.idle[-1].process.pid, signal.SIGKILL)
    assert read_isolated(b"after a crash", "a.txt").text == "after a crash"


def test_memory_is_bounded() -> None:
    got = read_isolated("一".encode() * 60_000_000, "a.txt", memory_mb=300)
    assert got.status == "damaged" and "内存" in got.detail
    assert read_isolated(b"x", "a.txt").text == "x"


def test_from_asyncio_and_many_threads() -> None:
    bodies = [docx(paragraph(f"第{n}份")) for n in range(24)]

    async def run() -> list[str]:
        found = await asyncio.gather(*(asyncio.to_thread(read_isolated, body, "a.docx") for body in bodies))
        return [got.text for got in found]

    assert asyncio.run(run()) == [f"第{n}份" for n in range(24)]
    assert threading.active_count() >= 1
    assert len(isolated._pool.idle) <= max(2, os.cpu_count() or 1)
