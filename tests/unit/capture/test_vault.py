"""The vault: standard WARC, found by SHA-256, equal content once, nothing half-written survives a kill."""

from __future__ import annotations

import hashlib
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from duwang.capture.vault import WarcVault
from duwang.model.capturing import Capture

AT = datetime(2024, 9, 30, 2, 0, tzinfo=UTC)


def _capture(url: str, body: bytes, status: int = 200) -> Capture:
    headers = (("Content-Type", "text/html"), ("ETag", '"7"'), ("Set-Cookie", "secret=1"), ("X-标题", "中文\r\n"))
    return Capture(url, url, status, headers, body, None, "", AT, 5, hashlib.sha256(body).hexdigest())


def _records(path: Path) -> list[tuple[str, str, bytes]]:
    with path.open("rb") as file:
        return [
            (record.rec_type, record.rec_headers["WARC-Target-URI"], record.content_stream().read())
            for record in ArchiveIterator(file)
        ]


@pytest.mark.parametrize(
    "body", [b"<p>a</p>", b"\r\n\r\n", b"a\r\n\r\nb\r\n\r\n", os.urandom(100_000), "县人民政府".encode("gb18030")]
)
def test_what_goes_in_comes_out(tmp_path: Path, body: bytes) -> None:
    vault = WarcVault(tmp_path)
    digest = vault.append(_capture("http://x/1", body))
    assert digest == hashlib.sha256(body).hexdigest()
    assert vault.read(digest) == body
    vault.close()
    again = WarcVault(tmp_path)
    assert again.read(digest) == body
    again.close()


def test_others_can_open_it_and_equal_content_is_a_revisit(tmp_path: Path) -> None:
    vault = WarcVault(tmp_path)
    for url, body in (("http://x/1", b"same"), ("http://x/2", b"same"), ("http://x/公告", b"other")):
        vault.append(_capture(url, body))
    vault.close()
    assert _records(tmp_path / "captures.warc.gz") == [
        ("response", "http://x/1", b"same"),
        ("revisit", "http://x/2", b""),
        ("response", "http://x/%E5%85%AC%E5%91%8A", b"other"),
    ]
    with (tmp_path / "captures.warc.gz").open("rb") as file:
        first = next(iter(ArchiveIterator(file)))
    assert first.rec_headers["WARC-Payload-Digest"] == f"sha256:{hashlib.sha256(b'same').hexdigest()}"
    assert first.rec_headers["WARC-Date"] == "2024-09-30T02:00:00Z"
    assert first.http_headers.get_header("ETag") == '"7"'
    assert first.http_headers.get_header("Set-Cookie") is None


def test_what_was_not_committed_is_forgotten(tmp_path: Path) -> None:
    vault = WarcVault(tmp_path)
    kept = vault.append(_capture("http://x/1", b"kept"))
    position = vault.position()
    lost = vault.append(_capture("http://x/2", b"lost"))
    vault.position()
    vault.close()
    with (tmp_path / "captures.warc.gz").open("ab") as file:
        file.write(b"\x1f\x8bhalf a record")
    with (tmp_path / "index.jsonl").open("a") as file:
        file.write('{"sha256": "half a li')

    again = WarcVault(tmp_path)
    again.truncate(position)
    assert again.read(kept) == b"kept"
    with pytest.raises(KeyError):
        again.read(lost)
    assert again.append(_capture("http://x/2", b"lost")) == lost
    assert again.read(lost) == b"lost"
    again.close()
    assert [url for _, url, _ in _records(tmp_path / "captures.warc.gz")] == ["http://x/1", "http://x/2"]


def test_an_index_that_was_lost_is_made_again(tmp_path: Path) -> None:
    vault = WarcVault(tmp_path)
    digest = vault.append(_capture("http://x/1", b"kept"))
    vault.append(_capture("http://x/2", b"kept"))
    position = vault.position()
    vault.close()
    (tmp_path / "index.jsonl").unlink()
    again = WarcVault(tmp_path)
    again.truncate(position)
    assert again.read(digest) == b"kept"
    again.close()


def test_an_earlier_vault_is_read_through(tmp_path: Path) -> None:
    before = WarcVault(tmp_path / "1")
    digest = before.append(_capture("http://x/1", b"unchanged"))
    before.close()
    now = WarcVault(tmp_path / "2", earlier=(tmp_path / "1",))
    assert now.read(digest) == b"unchanged"
    assert now.append(_capture("http://x/1", b"unchanged")) == digest
    now.close()
    assert [kind for kind, _, _ in _records(tmp_path / "2" / "captures.warc.gz")] == ["revisit"]
    assert now.read(digest) == b"unchanged"


def test_what_a_finding_needs_is_stored_whole_even_when_unchanged(tmp_path: Path) -> None:
    before = WarcVault(tmp_path / "1")
    digest = before.append(_capture("http://x/1", b"unchanged"))
    before.close()
    now = WarcVault(tmp_path / "2", earlier=(tmp_path / "1",))
    now.append(_capture("http://x/1", b"unchanged"), whole=True)
    now.close()
    alone = WarcVault(tmp_path / "2")
    assert alone.read(digest) == b"unchanged"
    alone.close()
