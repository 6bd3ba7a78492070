"""Garbled copies are recognised, read and marked; ordinary and traditional texts are left alone."""

from __future__ import annotations

import gzip

import pytest

from duwang.reading.garbled import is_garbled, normalised
from duwang.reading.page import read_page
from kit.shared import shared

_COPY = (
    "各鄉(xiāng)鎮(zhèn)人民政府,,縣政府各部門:\n現(xiàn)將2024年第一季度政務(wù)新媒體檢查情況通報如下。\n"
    "?。ㄒ唬﹩栴}較多,。有3個新媒體未更新,,另有2個,、1個分別存在錯字,。"
)


def test_a_garbled_copy_is_recognised_and_becomes_readable() -> None:
    assert is_garbled(_COPY)
    lines = normalised(_COPY).split("\n")
    assert lines[0] == "各乡镇人民政府，县政府各部门:"
    assert lines[1] == "现将2024年第一季度政务新媒体检查情况通报如下。"
    assert lines[2].startswith("（一）")
    assert lines[2].endswith("有3个新媒体未更新，另有2个、1个分别存在错字。")


@pytest.mark.parametrize(
    "text",
    [
        "各乡镇人民政府，县政府各部门：现将2024年第一季度政务新媒体检查情况通报如下。全县正常运行的新媒体23个，合格率为100%。"
        * 3,
        "會議指出，要認真學習貫徹有關精神，推動各項工作落實。會議要求，各部門要加強協調配合，確保按時完成任務。" * 3,
        "公式中 a,,b 表示两个量。名称（name）与单位（unit）各占一列，数据以(kg)计。" * 5,
        "五、组织领导。六、经费保障。七、其他事项。八、附则自公布之日起施行，由县人民政府办公室负责解释。",
    ],
)
def test_ordinary_text_is_not_garbled(text: str) -> None:
    assert not is_garbled(text)


def test_a_garbled_page_is_marked_and_its_offsets_hold() -> None:
    paragraphs = "".join(f"<p>{line}</p>" for line in _COPY.split("\n"))
    html = f"<html><head><title>通報</title></head><body><div class=con>{paragraphs}<table><tr><td>鄉(xiāng)鎮(zhèn)</td><td>個數(shù)</td></tr><tr><td>清溪鎮(zhèn)</td><td>3</td></tr></table></div></body></html>"
    document = read_page(html.encode(), url="http://127.0.0.1/a/1.html").document()
    assert document.garbled
    assert document.tables[0].rows == (("乡镇", "个数"), ("清溪镇", "3"))
    assert document.body[document.tables[0].start :].startswith("乡镇\t个数\n清溪镇\t3")
    for block in document.blocks:
        assert document.body[block.start : block.start + len(block.text)] == block.text


@pytest.mark.needs_shared
def test_the_real_copy_is_recognised_and_the_real_texts_are_not() -> None:
    seeds = {path.name[:3]: path.read_text("utf-8") for path in sorted(shared("seeds").glob("*.txt"))}
    assert [name for name, text in seeds.items() if is_garbled(text)] == ["004"]
    assert "政府网站与政务新媒体检查指标、监管工作年度考核指标" in normalised(seeds["004"])


@pytest.mark.needs_shared
def test_no_official_text_is_called_garbled() -> None:
    with gzip.open(shared("corpora/official/dev.txt.gz"), "rt", encoding="utf-8") as lines:
        assert [line[:40] for line in lines if is_garbled(line)] == []
