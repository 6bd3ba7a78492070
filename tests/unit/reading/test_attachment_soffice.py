"""Every Chinese character and every seeded ID number of files that LibreOffice writes; skipped where it is absent."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from duwang.reading.attachment import AttachmentText, read_attachment
from unit.reading.office_files import by_soffice, id_number

pytestmark = pytest.mark.slow
_CJK = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")
_ID = re.compile(r"(?<!\d)\d{17}[\dX](?!\d)")
PEOPLE = 120


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("文档")
    pick = random.Random(20240901)
    prose = ["".join(chr(pick.randint(0x4E00, 0x9FA5)) for _ in range(60)) for _ in range(30)]
    rows = [(f"甲{chr(0x4E00 + n)}", id_number(n), f"云岭县第{n}村") for n in range(PEOPLE)]
    page = folder / "公示.html"
    cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    page.write_text(
        f"<html><head><meta charset='utf-8'></head><body>{''.join(f'<p>{line}。</p>' for line in prose)}<p>㐂𠮷</p>"
        f"<table border='1'>{cells}</table><p>末段{id_number(900)}</p></body></html>", "utf-8",
    )  # fmt: skip
    sheet = folder / "名单.csv"
    sheet.write_text("\n".join(",".join(row) for row in rows) + "\n", "utf-8")
    return {"文": page, "表": sheet}


_SAVED_AS = {"wps": "doc", "et": "xls"}  # what WPS Office writes under its own endings, unless it is told otherwise


def converted(source: Path, kind: str) -> AttachmentText:
    if source.suffix == ".html":
        return read_attachment(by_soffice(source, _SAVED_AS.get(kind, kind), "HTML (StarWriter)"), name=f"a.{kind}")
    return read_attachment(
        by_soffice(source, _SAVED_AS.get(kind, kind), "CSV:44,34,76,1,1/1/2/2/2/3/2"), name=f"a.{kind}"
    )


@pytest.mark.parametrize(
    ("source", "kind", "table"),
    [
        ("文", "doc", True),
        ("文", "wps", True),
        ("文", "docx", True),
        ("文", "rtf", True),
        ("文", "odt", True),
        ("文", "pdf", False),
        ("表", "xls", True),
        ("表", "et", True),
        ("表", "xlsx", True),
        ("表", "ods", True),
    ],
)
def test_every_character_and_every_number(sources: dict[str, Path], source: str, kind: str, table: bool) -> None:
    got = converted(sources[source], kind)
    assert got.status == "text", got.detail
    written = re.sub(r"<[^>]+>", "", sources[source].read_text("utf-8"))
    assert _CJK.findall(got.text) == _CJK.findall(written)
    assert _ID.findall(got.text) == _ID.findall(re.sub(r"</td>|,", " ", sources[source].read_text("utf-8")))
    if table:
        [found] = got.tables
        assert len(found.rows) == PEOPLE and found.rows[7] == ("甲万", id_number(7), "云岭县第7村")
        assert got.text[found.start :].startswith("\t".join(found.rows[0]))
