"""PDF: measured lines and characters, the signature is never alone, fonts missing and rare, speed."""

from __future__ import annotations

import time
from itertools import pairwise
from pathlib import Path

import pytest

from duwang.bulletin.faults import BulletinFault
from duwang.bulletin.render import faces
from duwang.bulletin.render.faces import Faces, faces_of
from duwang.bulletin.render.pdf import render_pdf
from unit.bulletin.notices import notice, pages, plain, text_of


@pytest.fixture(scope="module")
def fonts() -> Faces:
    try:
        return faces_of()
    except BulletinFault as fault:
        pytest.skip(f"本机没有中文字库：{str(fault)[:30]}")


def test_a_full_page_has_22_lines_of_28_characters_with_a_pitch_of_10_23_mm(fonts: Faces) -> None:
    second = pages(render_pdf(plain(60), faces=fonts))[1]
    lines = [line for line in second if "国" in line[2]]
    assert len(lines) == 22
    assert {len(text) for _, _, text in lines} == {28}
    pitch = (lines[-1][0] - lines[0][0]) / 21
    assert pitch == pytest.approx(10.23, abs=0.05)
    assert lines[0][1] == pytest.approx(28.0, abs=0.1)


def test_title_and_headings_keep_the_grid(fonts: Faces) -> None:
    for page in pages(render_pdf(notice(mark="仿真县人民政府办公室文件"), faces=fonts))[1:3]:
        feet = [y for y, _, text in page if len(text) > 6]
        gaps = [after - before for before, after in pairwise(feet)]
        assert all(abs(gap / 10.2273 - round(gap / 10.2273)) < 0.01 for gap in gaps)


@pytest.mark.parametrize("attached", [0, 1, 6])
def test_the_signature_never_stands_alone_on_a_page(fonts: Faces, attached: int) -> None:
    for lines in range(6, 28):
        for page in pages(render_pdf(plain(lines, attached=attached, last="结尾段落" * 9), faces=fonts)):
            text = "".join(line for _, _, line in page)
            if "2024年4月5日" in text:
                assert "国" in text or "结尾段落" in text, f"{lines}行正文、{attached}个附件时落款独占一页"


def test_page_numbers_change_sides(fonts: Faces) -> None:
    made = pages(render_pdf(plain(60), faces=fonts))
    feet = [page[-1] for page in made[:2]]
    assert [text for _, _, text in feet] == ["—1—", "—2—"]
    assert feet[0][1] > 150 and feet[1][1] < 40


def test_annexes_begin_on_a_new_page_with_their_label(fonts: Faces) -> None:
    made = pages(render_pdf(plain(3, rows=40), faces=fonts))
    assert made[1][0][2] == "附件" and made[1][1][2] == "检查情况表"
    assert next(text for _, _, text in made[2]) == "序号单位"


def test_two_hundred_rows_take_less_than_two_seconds(fonts: Faces) -> None:
    made = notice(rows=200)
    start = time.perf_counter()
    assert render_pdf(made, faces=fonts)[:5] == b"%PDF-"
    assert time.perf_counter() - start < 2


def test_the_same_notice_gives_the_same_bytes(fonts: Faces) -> None:
    assert render_pdf(notice(), faces=fonts) == render_pdf(notice(), faces=fonts)


def test_markup_in_a_text_stays_text(fonts: Faces) -> None:
    made = render_pdf(plain(1, last='“#page[]” \\ $x$ *a* "b" @c'), faces=fonts)
    assert '“#page[]”\\$x$*a*"b"@c' in text_of(made)


def test_rare_characters_are_covered_or_listed(fonts: Faces) -> None:
    assert fonts.missing("耈街乡 检查\n情况，。") == ()
    assert fonts.missing("甲\U0002fa1f乙\U0002fa1f") == ("\U0002fa1f",)


def test_without_a_chinese_font_a_sentence_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    class Nothing:
        def __init__(self, **_: object) -> None: ...

        def fonts(self) -> list[object]:
            return []

    monkeypatch.setattr(faces.typst, "Fonts", Nothing)
    faces._found.cache_clear()
    with pytest.raises(BulletinFault, match="没有中文字库，PDF没有写出；docx等其他格式不受影响"):
        faces_of(tmp_path)
    faces._found.cache_clear()
