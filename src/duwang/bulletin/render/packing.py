"""Office files with the same bytes for the same content: no writing time in the archive."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_EPOCH = (1980, 1, 1, 0, 0, 0)


def with_fixed_times(package: bytes, *, instead: Mapping[str, bytes] | None = None) -> bytes:
    """The zip file once more, every member dated 1980-01-01; `instead`: new contents by member name."""
    made = BytesIO()
    with ZipFile(BytesIO(package)) as old, ZipFile(made, "w", ZIP_DEFLATED) as new:
        for member in old.infolist():
            fixed = ZipInfo(member.filename, _EPOCH)
            fixed.compress_type = ZIP_DEFLATED
            fixed.external_attr = 0o600 << 16
            new.writestr(fixed, (instead or {}).get(member.filename) or old.read(member))
    return made.getvalue()
