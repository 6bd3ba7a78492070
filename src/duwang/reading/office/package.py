"""A zip archive from strangers, opened with limits on entries, sizes and ratios; nothing is ever written to disk."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from duwang.reading.office.extract import Unreadable

MAX_ENTRIES = 10_000
MAX_TOTAL = 400 * 1024 * 1024
MAX_PART = 200 * 1024 * 1024
_MAX_RATIO = 400
_SMALL = 8 * 1024 * 1024
_CHUNK = 64 * 1024
_BOMB = "压缩比异常，疑似压缩炸弹，未读取"


@dataclass(frozen=True, slots=True)
class Package:
    """An open archive: entry names in order, parts as bounded chunks."""

    archive: zipfile.ZipFile
    names: tuple[str, ...]

    @classmethod
    def open(cls, body: bytes) -> Package:
        """Unreadable when it is no zip, or one that unpacks to far more than it is."""
        try:
            archive = zipfile.ZipFile(io.BytesIO(body))
            entries = archive.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError, IndexError) as error:
            raise Unreadable("damaged", "压缩包结构损坏") from error
        if len(entries) > MAX_ENTRIES:
            raise Unreadable("damaged", f"压缩包内文件多于{MAX_ENTRIES}个，未读取")
        total = sum(entry.file_size for entry in entries)
        if total > MAX_TOTAL or any(_is_bomb(entry) for entry in entries):
            raise Unreadable("damaged", _BOMB)
        return cls(archive, tuple(entry.filename for entry in entries))

    def has(self, name: str) -> bool:
        return name in self.archive.NameToInfo

    def chunks(self, name: str) -> Iterator[bytes]:
        """The part in pieces; Unreadable when it is missing, locked, broken or larger than it says."""
        try:
            entry = self.archive.getinfo(name)
        except KeyError:
            raise Unreadable("damaged", "缺少必要的组成部分") from None
        if entry.flag_bits & 0x1:
            raise Unreadable("encrypted", "压缩包加了密码")
        left = min(entry.file_size, MAX_PART)
        try:
            with self.archive.open(entry) as stream:
                while chunk := stream.read(_CHUNK):
                    left -= len(chunk)
                    if left < 0:
                        raise Unreadable("damaged", _BOMB)
                    yield chunk
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
            raise Unreadable("damaged", "压缩内容损坏") from error
        except (NotImplementedError, RuntimeError) as error:
            raise Unreadable("unsupported", "压缩方法不支持") from error

    def read(self, name: str) -> bytes:
        """The whole part; same limits."""
        return b"".join(self.chunks(name))


def _is_bomb(entry: zipfile.ZipInfo) -> bool:
    return entry.file_size > _SMALL and entry.file_size > _MAX_RATIO * max(1, entry.compress_size)
