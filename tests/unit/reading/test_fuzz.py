"""Broken files of every kind: every reader answers or says that it cannot, soon, and takes nothing from outside its input."""

from __future__ import annotations

import gzip
import random
import time
import tracemalloc
import zipfile
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duwang.reading.attachment import read_attachment
from kit.mutants import mutated, seeds
from kit.readers import readers
from unit.reading.office_files import zipped

_SECONDS = 3.0
_KINDS = sorted(seeds())


@pytest.mark.parametrize("kind", _KINDS)
def test_the_unbroken_file_is_read(kind: str) -> None:
    name, content = seeds()[kind]
    readers()[kind](content)
    if kind not in ("html", "gkmlpt", "jpage", "feed"):
        assert read_attachment(content, name=name).status == "text"


@pytest.mark.parametrize("kind", _KINDS)
@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_a_broken_file_is_an_answer(kind: str, seed: int) -> None:
    body = mutated(seeds()[kind][1], random.Random(seed))
    began = time.perf_counter()
    readers()[kind](body)
    assert time.perf_counter() - began < _SECONDS


@pytest.mark.parametrize("kind", _KINDS)
@settings(max_examples=12, deadline=None)
@given(body=st.binary(max_size=300))
def test_anything_behind_a_files_first_bytes_is_an_answer(kind: str, body: bytes) -> None:
    head = seeds()[kind][1][:40]
    readers()[kind](head + body)


def test_a_zip_that_unpacks_to_far_more_is_refused_before_it_is_unpacked() -> None:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for n in range(3):
            archive.writestr(f"{n}.txt", b"0" * 40_000_000)
    tracemalloc.start()
    got = read_attachment(stream.getvalue(), name="a.zip")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert got.status == "damaged" and "压缩炸弹" in got.detail and peak < 20_000_000


def test_a_gzip_and_other_packers_are_not_unpacked() -> None:
    got = read_attachment(gzip.compress(b"0" * 1_000_000), name="a.gz")
    assert (got.status, got.detail) == ("unsupported", "gz格式不支持")


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "..\\..\\x.txt", "C:\\x.txt", "a/../../x.txt"])
def test_names_that_lead_out_of_an_archive_are_refused(name: str) -> None:
    got = read_attachment(zipped({name: "越界内容", "好.txt": "正文"}), name="a.zip")
    assert "正文" in got.text and "越界内容" not in got.text and "越出压缩包" in got.detail


_XML = {
    "docx": "word/document.xml",
    "ofd": "Doc_0/Document.xml",
    "odt": "content.xml",
    "pptx": "ppt/slides/slide1.xml",
}


@pytest.mark.parametrize("kind", _XML)
@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>',
        '<!DOCTYPE x [<!ENTITY c SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">',
    ],
    ids=["十亿笑", "外部实体", "外部定义"],
)
def test_entities_are_refused_in_every_office_format(kind: str, doctype: str) -> None:
    with zipfile.ZipFile(BytesIO(seeds()[kind][1])) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    body = bytes(parts[_XML[kind]]).decode() if isinstance(parts[_XML[kind]], bytes) else str(parts[_XML[kind]])
    body = body.partition("?>")[2] if body.startswith("<?xml") else body
    parts[_XML[kind]] = f'<?xml version="1.0"?>{doctype}{body.replace("甲某", "&c;").replace("一", "&c;")}'
    got = read_attachment(zipped(parts), name=f"a.{kind}")
    assert got.status == "damaged" and "文档类型声明" in got.detail and not got.text
