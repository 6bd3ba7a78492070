"""A text with comments: real Word comments at the quoted characters."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

from docx import Document
from docx.oxml.ns import qn

from duwang.bulletin.render.commented import commented_docx, write_commented

BODY = "网站栏目应更行未更新。\n\n耈街乡𠀀发布（人\n末段"


def anchored(made: bytes) -> dict[str, str]:
    """Comment text → the characters between its marks."""
    document = Document(BytesIO(made))
    told = {str(comment.comment_id): comment.text for comment in document.comments}
    found, open_now = dict.fromkeys(told, ""), set()
    for element in document.element.body.iter():
        if element.tag == qn("w:commentRangeStart"):
            open_now.add(element.get(qn("w:id")))
        elif element.tag == qn("w:commentRangeEnd"):
            open_now.discard(element.get(qn("w:id")))
        elif element.tag == qn("w:t"):
            for key in open_now:
                found[key] += element.text
    return {told[key]: text for key, text in found.items()}


def test_comments_are_anchored_at_their_characters() -> None:
    made = commented_docx(BODY, [(4, 9, "疑为“应更新”", "应更新未"), (6, 8, "“更行”少见", None)], title="稿")
    assert anchored(made) == {"疑为“应更新”。建议改为“应更新未”": BODY[4:9], "“更行”少见": BODY[6:8]}


def test_code_points_beyond_the_basic_plane_count_as_one() -> None:
    at = BODY.index("𠀀")
    assert anchored(commented_docx(BODY, [(at, at + 1, "生僻字", None)], title="")) == {"生僻字": "𠀀"}


def test_comments_may_cross_paragraphs_and_be_empty() -> None:
    made = commented_docx(
        BODY, [(9, 15, "跨段", None), (len(BODY), len(BODY), "缺句号", ""), (0, 0, "开头", None)], title=""
    )
    assert anchored(made) == {"跨段": "新。耈街乡"[:2] + "耈街", "缺句号。建议删去": "段", "开头": "网"}


def test_the_text_itself_is_unchanged() -> None:
    made = commented_docx(BODY, [(2, 3, "甲", None), (2, 9, "乙", None)], title="")
    assert [p.text for p in Document(BytesIO(made)).paragraphs] == BODY.split("\n")


def test_comments_carry_no_clock(tmp_path: Path) -> None:
    first = commented_docx(BODY, [(0, 2, "甲", None)], title="", on=date(2024, 4, 5))
    assert first == commented_docx(BODY, [(0, 2, "甲", None)], title="", on=date(2024, 4, 5))
    write_commented(BODY, [], tmp_path / "深" / "稿.docx", title="没有问题")
    assert [path.name for path in (tmp_path / "深").iterdir()] == ["稿.docx"]


def test_empty_text_and_control_characters() -> None:
    assert anchored(commented_docx("", [(0, 0, "空文", None)], title="")) in ({}, {"空文": ""})
    assert anchored(commented_docx("甲\x0b乙", [(0, 3, "丙\x00", None)], title="")) == {"丙": "甲�乙"}
