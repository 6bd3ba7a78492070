"""一键排版: layout is put right, no word is touched, and what changed is told exactly."""

from __future__ import annotations

import random
import re
from io import BytesIO

import pytest
from docx import Document as open_docx
from hypothesis import given, settings
from hypothesis import strategies as st

from duwang.flow.tidying.difference import difference
from duwang.flow.tidying.layout import Piece, tidied
from duwang.flow.tidying.marks import put_right, words
from duwang.flow.tidying.writing import clean_docx, clean_html, difference_html
from duwang.model.material import Document, Table
from duwang.reading.any_file import read_any

_BITS = (
    "各乡镇要高度重视", "，。", "。。", ",", ":", ";", "(试行)", "（一）", "一、", "1、", "2.", "\n", "\n\n", "　　", "    ", "\u00a0", "\t", "\u200b", '"', "“", "”", "《办法》", "２０２４年", "ABC", "12.5", "http://a.gov.cn/x",
    "通 知", "关于做好防汛工作的通知", "2024年5月6日", "（此件公开发布）", "城关镇  120  3500\n", "仿真县人民政府办公室\n", "附件:1.登记表", "a:b", "共 35 人", "…", "——", "①", "％",
)  # fmt: skip
TITLE = "仿真县人民政府办公室关于做好防汛工作的通知"


def text_of(body: str) -> Document:
    return Document("", body, "other", medium="text")


def pieces(body: str) -> list[tuple[str, str]]:
    return [(piece.kind, piece.written) for piece in tidied(text_of(body)).pieces]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(_BITS), max_size=60))
def test_words_stay_and_the_difference_leads_from_one_text_to_the_other(bits: list[str]) -> None:
    body = "".join(bits)
    done = tidied(text_of(body))
    changes = difference(done)
    assert "".join(one.text for one in changes if one.kind != "new") == body
    assert "".join(one.text for one in changes if one.kind != "gone") == done.text
    again = tidied(text_of(done.text))
    assert words(again.text) == words(done.text)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6))
def test_any_characters_are_survived(seed: int) -> None:
    pick = random.Random(seed)
    body = "".join(
        chr(
            pick.choice(
                (
                    pick.randint(9, 126),
                    pick.randint(0x3000, 0x303F),
                    pick.randint(0x4E00, 0x4E20),
                    pick.randint(0xFF00, 0xFF60),
                    10,
                )
            )
        )
        for _ in range(120)
    )
    done = tidied(text_of(body))
    assert "".join(one.text for one in difference(done) if one.kind != "new") == body


def test_a_notice_gets_its_parts() -> None:
    body = f"{TITLE}\n仿政办发〔2024〕7号\n各乡镇人民政府:\n  现通知如下。\n一、提高认识\n(一)压实责任。各乡镇要落实。\n附件:1.登记表\n仿真县人民政府办公室\n2024年5月6日\n（此件公开发布）"
    assert pieces(body) == [
        ("title", TITLE),
        ("number", "仿政办发〔2024〕7号"),
        ("addressee", "各乡镇人民政府："),
        ("paragraph", "现通知如下。"),
        ("heading", "一、提高认识"),
        ("paragraph", "（一）压实责任。各乡镇要落实。"),
        ("attached", "附件：1.登记表"),
        ("signature", "仿真县人民政府办公室"),
        ("date", "2024年5月6日"),
        ("label", "（此件公开发布）"),
    ]


def test_a_doubled_title_is_dropped_and_told_in_red() -> None:
    done = tidied(text_of(f"{TITLE}\n{TITLE}\n现通知如下。"))
    assert [piece.text for piece in done.pieces] == [TITLE, "现通知如下。"]
    assert [one.text.strip() for one in difference(done) if one.kind == "gone"] == [TITLE]


def test_a_title_over_two_lines_is_one_title() -> None:
    assert pieces("仿真县人民政府办公室\n关于做好防汛工作的通知\n各乡镇：\n现通知如下。")[0] == ("title", TITLE)


def test_headings_run_together_are_parted() -> None:
    assert [text for _, text in pieces("通知如下：一、提高认识。要重视。二、压实责任。要落实。三、加强值守。要值班。\n完。")][:4] == [
        "通知如下：", "一、提高认识。要重视。", "二、压实责任。要落实。", "三、加强值守。要值班。",
    ]  # fmt: skip


def test_lines_aligned_by_spaces_become_a_table() -> None:
    done = tidied(text_of("分配如下。\n乡镇  户数  金额\n城关镇  120  3500\n白水镇  98  2700\n云岭乡  76  1900\n完。"))
    table = next(piece for piece in done.pieces if piece.rows)
    assert table.rows[1] == ("城关镇", "120", "3500") and table.is_headed
    assert "<th>乡镇</th>" in clean_html(done, title="分配")


def test_wrapped_lines_are_joined() -> None:
    line = "为做好今年防汛工作切实保障人民群众生命财产安全各乡镇要高度重视"
    body = "\n".join([line, line, line, line, line, line + "。", "短句。"])
    assert [text for _, text in pieces(body)] == [line * 6 + "。", "短句。"]


def test_tables_of_a_file_stay_tables() -> None:
    body = "名单如下。\n姓名\t金额\n张三\t500\n完。"
    document = Document(
        "", body, "attachment", medium="attachment", tables=(Table((("姓名", "金额"), ("张三", "500")), "", 6),)
    )
    assert [piece for piece in tidied(document).pieces if piece.rows] == [
        Piece("table", rows=(("姓名", "金额"), ("张三", "500")))
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("各乡镇,要重视.", "各乡镇，要重视。"),
        ("按照规定(试行)执行:", "按照规定（试行）执行："),
        ("共 35 人,占 12.5 %", "共35人，占12.5 %"),
        ("通 知 如 下", "通知如下"),
        ("城关镇 白水镇 云岭乡", "城关镇 白水镇 云岭乡"),
        ("落实责任，。确保安全。。", "落实责任。确保安全。"),
        ("网址:http://www.fangzhen.gov.cn", "网址：http://www.fangzhen.gov.cn"),
        ("时间14:30，比例1:5", "时间14:30，比例1:5"),
        ("２０２４年Ａ级", "2024年A级"),
        ('"十四五"规划', "“十四五”规划"),
        ("1、加强领导", "1.加强领导"),
        ("（一）、加强领导", "（一）加强领导"),
        ("f(x)=2", "f(x)=2"),
    ],
)
def test_marks_of_one_line(before: str, after: str) -> None:
    assert put_right(before) == after
    assert put_right(after) == after


def test_page_keeps_its_own_title() -> None:
    html = f"<html><head><meta name='ArticleTitle' content='{TITLE}'></head><body><div class='article-content'><p>{TITLE}</p><p>各乡镇：</p><p>为做好防汛工作,现将有关事项通知如下，请认真贯彻执行。</p></div></body></html>"
    done = tidied(read_any(html.encode(), name="a.html"))
    assert [piece.kind for piece in done.pieces][:2] == ["title", "addressee"]
    assert clean_html(done, title="通知").count(TITLE) == 1


def test_written_files_hold_the_same_words() -> None:
    done = tidied(
        text_of(
            f"{TITLE}\n各乡镇:\n现通知如下。\n城关镇  120  3500\n白水镇  98  2700\n云岭乡  76  1900\n红河镇  65  1500\n完。"
        )
    )
    document = open_docx(BytesIO(clean_docx(done, title="通知")))
    told = "".join(p.text for p in document.paragraphs) + "".join(
        cell.text for table in document.tables for row in table.rows for cell in row.cells
    )
    assert sorted(words(told)) == sorted(words(done.text))
    page = difference_html(done, title="通知")
    assert "<del>" in page and "<ins>" in page
    assert words(re.sub(r"<[^>]+>", "", page[page.index("<pre>") :])) == words(done.text)
