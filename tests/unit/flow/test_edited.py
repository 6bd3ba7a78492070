"""Nobody's work is written over: a list filled in and not read, a notice whose words were changed, are set aside first."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import openpyxl
from click.testing import CliRunner

from duwang.cli import main
from duwang.flow.folder import Folder
from duwang.flow.publishing import REVIEWS, publish
from kit.judged_folder import finding, judged_folder

ASIDE = "问题清单（没有读入的）.xlsx"


def published(path: Path) -> Folder:
    folder = judged_folder(path, [finding("text/typo", n=1), finding("reach/broken-link", n=2)])
    publish(folder, previous=None, progress=lambda message: None)
    return folder


def fill(path: Path, decision: str) -> None:
    book = openpyxl.load_workbook(path)
    page = book["问题清单"]
    titles = {str(cell.value): cell.column for cell in page[1]}
    page.cell(2, titles["决定"]).value = decision
    book.save(path)


def saved_by_an_office(path: Path) -> None:
    """As a word processor saves it: its own name and time in the properties."""
    body = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(body, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "docProps/core.xml":
                part = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2024-10-09T01:02:03Z", part)
            new.writestr(name, part)
    path.write_bytes(body.getvalue())


def judged_again(folder: Folder, *more: str) -> str:
    ran = CliRunner().invoke(main, ["judge", str(folder.path), *more])
    assert ran.exit_code == 0, ran.output
    return ran.stderr


def test_a_list_that_was_filled_in_and_not_read_is_kept(tmp_path: Path) -> None:
    """Judging without --reviews wrote an empty list over a day's work."""
    folder = published(tmp_path)
    fill(folder.path / REVIEWS, "确认")
    assert f"{REVIEWS}里有1条没有读入的决定，原表已另存为“{ASIDE}”" in judged_again(folder)
    assert "读入复核决定1条" in judged_again(folder, "--reviews", str(folder.path / ASIDE))
    assert [review.decision for review in folder.reviews()] == ["确认"]


def test_a_list_that_was_read_leaves_no_copies(tmp_path: Path) -> None:
    folder = published(tmp_path)
    fill(folder.path / REVIEWS, "误报")
    judged_again(folder, "--reviews", str(folder.path / REVIEWS))
    judged_again(folder)
    assert [path.name for path in folder.path.glob("问题清单*")] == [REVIEWS]


def test_words_that_cannot_be_read_are_kept_too(tmp_path: Path) -> None:
    folder = published(tmp_path)
    fill(folder.path / REVIEWS, "再看看")
    assert "里有写法认不出的决定" in judged_again(folder) and (folder.path / ASIDE).is_file()


def test_a_notice_that_was_changed_by_hand_is_set_aside(tmp_path: Path) -> None:
    folder = published(tmp_path / "a")
    out = tmp_path / "印发"
    ask = ["bulletin", str(folder.path), "--out", str(out), "--form", "docx"]
    for _ in range(2):
        assert CliRunner().invoke(main, ask).exit_code == 0
    assert [path.name for path in out.iterdir()] == ["通报.docx"]
    for place in (out, folder.path):
        saved_by_an_office(place / "通报.docx")
    mine = (out / "通报.docx").read_bytes()
    assert "通报.docx有人改过，改过的已另存为“通报（改过的）.docx”" in CliRunner().invoke(main, ask).stderr
    assert (out / "通报（改过的）.docx").read_bytes() == mine != (out / "通报.docx").read_bytes()
    assert "通报.docx有人改过" in judged_again(folder) and (folder.path / "通报（改过的）.docx").is_file()


def test_a_slip_that_was_changed_by_hand_stays_through_every_judgement(tmp_path: Path) -> None:
    folder = published(tmp_path)
    slip = next(path for path in (folder.path / "整改通知").glob("*.docx") if path.stem != "汇总表")
    saved_by_an_office(slip)
    mine = slip.read_bytes()
    for _ in range(2):
        judged_again(folder)
    assert slip.with_name(f"{slip.stem}（改过的）.docx").read_bytes() == mine and slip.is_file()
