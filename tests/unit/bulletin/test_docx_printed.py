"""The docx as an office suite prints it: measured lines and characters, and where the signature falls."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from duwang.bulletin.render.docx import render_docx
from unit.bulletin.notices import pages, plain

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    suite = shutil.which("soffice")
    if suite is None:
        pytest.skip("本机没有LibreOffice，跳过docx的打印核对")
    folder = tmp_path_factory.mktemp("printed")
    (folder / "long.docx").write_bytes(render_docx(plain(60)))
    for lines in range(9, 25, 3):
        for attached in (0, 3):
            (folder / f"short-{lines}-{attached}.docx").write_bytes(render_docx(plain(lines, attached=attached)))
    names = [str(path) for path in sorted(folder.glob("*.docx"))]
    own = f"-env:UserInstallation=file://{folder}/profile"
    subprocess.run(
        [suite, own, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *names],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return folder


def test_a_printed_page_has_22_lines_of_28_characters(printed: Path) -> None:
    second = [line for line in pages((printed / "long.pdf").read_bytes())[1] if "国" in line[2]]
    assert len(second) == 22 and {len(text) for _, _, text in second} == {28}
    assert (second[-1][0] - second[0][0]) / 21 == pytest.approx(10.23, abs=0.05)


def test_the_printed_signature_never_stands_alone(printed: Path) -> None:
    files = sorted(printed.glob("short-*.pdf"))
    assert len(files) == 12
    for file in files:
        for page in pages(file.read_bytes()):
            text = "".join(line for _, _, line in page)
            assert "2024年4月5日" not in text or "国" in text or "结尾" in text, file.name
