"""The five real notices: from a data file written after each, the style gives back its figures, tables, wording and deadlines."""

from __future__ import annotations

import hashlib
import os
import re
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document

from duwang.bulletin.data import load_data
from duwang.bulletin.faults import BulletinFault
from duwang.bulletin.figures import disagreements
from duwang.bulletin.render.docx import render_docx
from duwang.bulletin.render.faces import faces_of
from duwang.bulletin.render.html import render_html
from duwang.bulletin.render.markdown import render_markdown
from duwang.bulletin.render.pdf import render_pdf
from duwang.bulletin.render.xlsx import render_xlsx
from duwang.bulletin.style import load_style
from duwang.bulletin.tree import Bulletin
from duwang.bulletin.writing import write
from duwang.flow.auditing import audit_text
from duwang.flow.forms import publish_forms
from duwang.reading.garbled import normalised
from kit.shared import shared

HERE = Path(__file__).parent
UPDATE = os.environ.get("DUWANG_UPDATE_GOLDEN") == "1"
NAMES = ("襄阳", "昌宁", "凤翔", "曾都", "青海")
SEEDS = {
    "襄阳": "000_a13cf0c59652f532.txt", "昌宁": "001_4be1892e5dc16e88.txt", "凤翔": "002_bcca70c282b37603.txt",
    "曾都": "003_416666b29c2aee06.txt", "青海": "004_b9aab92a365ff980.txt",
}  # fmt: skip
# Sentences of the originals that are not to be repeated: page furniture, invented contacts, slips of the original, merged cells.
LEFT_OUT = {
    "襄阳": ("索引号", "发布机构", "标题：", "文号", "生效时间", "2对申请人提出", "2枣阳市人民政府办公室"),
    "昌宁": ("无障碍浏览", "索引号", "公开目录", "文号", "应更行未更新", "未在政府网站展政策解读"),
    "凤翔": ("索引号", "发布机构", "名称：", "有效性", "发布时间", "二是做好政府信息公开"),
    "曾都": ("联系人", "联系电话", "邮箱", "曾都经济开发区管委会，区发展和改革局", "万店镇、区乡村振兴局"),
    "青海": (),
}  # fmt: skip
FULL = str.maketrans(",:;()", "，：；（）")
NUMBER = re.compile(r"^(（[一二三四五六七]）|[一二三四五六七]、|\d\.|附件：?\d\.?|\d(?=\d{4}年)|附件：)")


@lru_cache
def made(name: str) -> Bulletin:
    material = load_data((HERE / name / "data.yaml").read_bytes(), name="data.yaml")
    return write(material, load_style(material.style))


def plain(text: str) -> str:
    return re.sub(r"[\s|\\]", "", text.translate(FULL))


def sentences(text: str) -> list[str]:
    """Sentences and cells of an original without their numbers."""
    parts = (NUMBER.sub("", plain(part)) for line in text.splitlines() for part in re.split(r"(?<=[。；])", line))
    return [part.rstrip("。").removesuffix(".doc") for part in parts if len(part) >= 4]


@pytest.mark.parametrize("name", NAMES[:4])
def test_every_sentence_and_cell_of_the_original_is_there(name: str) -> None:
    written = plain(render_markdown(made(name)))
    missing = [part for part in sentences(shared(f"seeds/{SEEDS[name]}").read_text("utf-8")) if part not in written]
    assert [part for part in missing if not any(known in part for known in LEFT_OUT[name])] == []
    assert len(missing) <= len(LEFT_OUT[name])


def test_the_garbled_original_of_qinghai_is_given_back_with_its_figures() -> None:
    seed = plain(normalised(shared(f"seeds/{SEEDS['青海']}").read_text("utf-8")))
    written = plain(render_markdown(made("青海")))
    for figure in set(re.findall(r"\d[\d.%]*(?=个|年|月|日|%)|\d+\.\d+%", seed)):
        assert figure in written, figure
    kept = [part for part in sentences(seed) if len(part) < 400]
    found = [part for part in kept if part in written]
    assert len(found) >= 0.7 * len(kept), [part for part in kept if part not in found]


@pytest.mark.parametrize("name", NAMES)
def test_the_forms_are_pinned(name: str) -> None:
    """Markdown and HTML whole; docx and workbook by the contents of their parts."""
    bulletin, folder = made(name), HERE / name
    members = "".join(
        f"{hashlib.sha256(archive.read(info)).hexdigest()}  {form}/{info.filename}\n"
        for form, package in (("docx", render_docx(bulletin)), ("xlsx", render_xlsx(bulletin)))
        for archive in [ZipFile(BytesIO(package))]
        for info in archive.infolist()
        if re.search(r"document\.xml$|worksheets/sheet\d+\.xml|sharedStrings", info.filename)
    )
    for file, content in (
        ("通报.md", render_markdown(bulletin)),
        ("通报.html", render_html(bulletin)),
        ("parts.sha256", members),
    ):
        if UPDATE:
            (folder / file).write_text(content, "utf-8")
        assert (folder / file).read_text("utf-8") == content, f"{name}/{file}变了：核对后用 DUWANG_UPDATE_GOLDEN=1 更新"


@pytest.mark.parametrize("name", NAMES)
def test_every_figure_ties_to_its_rows(name: str) -> None:
    bulletin = made(name)
    assert list(disagreements(bulletin)) == []
    for paragraph in bulletin.paragraphs():
        for run in paragraph.runs:
            if run.figure:
                assert bulletin.figures[run.figure].text == run.text


@pytest.mark.parametrize("name", NAMES)
def test_the_audit_finds_nothing_wrong(name: str) -> None:
    assert [found["message"] for found in audit_text(render_markdown(made(name)).replace("\\", ""))["findings"]] == []


TABLES = {
    "襄阳": [
        (["序号", "市直/区域", "存在的问题", "责任单位/主管单位"], 5, {(0, 1): 2}),
        (["序号", "区域", "存在的问题", "主管单位"], 1, {}),
        (["序号", "区域", "开设主体", "政务新媒体名称", "存在的问题", "主管单位"], 3, {(0, 1): 2, (0, 4): 2, (0, 5): 2}),
    ],
    "昌宁": [],
    "凤翔": [
        (["序号", "单位", "完成目标任务", "新闻信息发布（条）", "检测反馈问题（条）"], 23, {}),
        (["序号", "单位", "完成目标任务"], 7, {}),
        (["信箱", "问题咨询", "意见建议", "举报", "求助", "投诉", "合计", "按期办结"], 2, {}),
        (["序号", "单位", "运行情况", "国办公开办转发任务", "栏目链接"], 24, {}),
    ],
    "曾都": [
        (["备案单号", "政务新媒体名称", "类型", "所属组织", "存在的突出问题"], 5, {}),
        (["序号", "责任单位", "存在的突出问题"], 24, {}),
    ],
    "青海": [
        (["序号", "地区（部门）", "网站名称", "存在的问题"], 4, {(0, 1): 2}),
        (["序号", "地区（部门）", "政务新媒体名称", "存在的问题"], 26, {}),
        (["序号", "类型", "地区（部门）", "名称", "存在的问题", "备注"], 43, {(0, 2): 2, (3, 2): 3, (6, 2): 3}),
    ],
}  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_tables_have_the_columns_rows_and_merged_cells_of_the_original(name: str) -> None:
    printed = made(name).printed_annexes()
    assert [([c.title for c in annex.columns], len(annex.rows), dict(annex.spans())) for annex in printed] == TABLES[
        name
    ]
    tables = Document(BytesIO(render_docx(made(name)))).tables
    assert [[cell.text for cell in table.rows[0].cells] for table in tables] == [head for head, _, _ in TABLES[name]]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("襄阳", "整改情况于12月26日前报市政府办公室。"),
        (
            "曾都",
            "于2023年4月7日前完成整改并做好复核工作，并将整改情况纸质版加盖公章后于2023年4月12日前报送区政务公开领导小组办公室。",
        ),
        (
            "青海",
            "本季度检查存在的问题须于2024年10月30日前完成整改，整改情况及时报送省政府信息与政务公开办公室邮箱（zwgk@example.invalid），",
        ),
    ],
)
def test_deadlines_are_those_of_the_original(name: str, sentence: str) -> None:
    assert sentence in render_markdown(made(name))


def test_sums_of_fengxiang_add_up() -> None:
    bulletin = made("凤翔")
    letters, kinds = bulletin.annex("信箱"), bulletin.annex("信件分类")
    for row in letters.rows:
        cells = dict(zip((column.title for column in letters.columns), row, strict=True))
        parts = [int(r[kinds.at("件数")]) for r in kinds.rows if r[kinds.at("信箱")] == cells["信箱"]]
        assert (
            sum(parts)
            == int(cells["合计"])
            == sum(int(cells[kind] or 0) for kind in ("问题咨询", "意见建议", "举报", "求助", "投诉"))
        )
    returned = bulletin.annex("反馈问题")
    assert sum(int(n) for n in returned.values("条数")) == bulletin.figures["反馈问题数"].value == 27


def test_labels_and_signatures_stand_as_in_the_original() -> None:
    tails = {name: render_markdown(made(name)).split("\n## 附件")[0].rstrip().split("\n\n")[-3:] for name in NAMES}
    assert tails["昌宁"] == ["昌宁县人民政府办公室", "2024年4月5日", "（此件删减公开）"]
    assert tails["曾都"][-1] == "2023年3月28日" and "领导小组" not in tails["曾都"][-2]
    assert tails["凤翔"][-2:] == ["宝鸡市凤翔区人民政府办公室", "2023年10月11日"]


@pytest.mark.parametrize("name", NAMES)
def test_all_forms_are_written_and_leak_nothing(name: str, tmp_path: Path) -> None:
    told: list[str] = []
    forms = ["docx", "xlsx", "html", "md"]
    written = publish_forms(HERE / name / "data.yaml", tmp_path, forms=forms, style=None, progress=told.append)
    assert [path.name for path in written] == ["通报.docx", "附件.xlsx", "通报.html", "通报.md"]
    assert not any("个人信息" in line for line in told)
    if name == "昌宁":
        assert any("耈（U+8008）" in line for line in told)


@pytest.mark.parametrize("name", NAMES)
def test_the_pdf_shows_every_character(name: str) -> None:
    try:
        faces = faces_of()
    except BulletinFault as fault:
        pytest.skip(str(fault)[:20])
    assert faces.missing("".join(made(name).texts())) == ()
    assert render_pdf(made(name), faces=faces).startswith(b"%PDF-")
