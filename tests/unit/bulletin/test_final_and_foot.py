"""Drafts and finals, one count of 存在问题 everywhere, the 版记, a low score told with its points."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from duwang.bulletin.data import load_data
from duwang.bulletin.faults import BulletinFault
from duwang.bulletin.render.docx import render_docx
from duwang.bulletin.render.faces import faces_of
from duwang.bulletin.render.html import render_html
from duwang.bulletin.render.markdown import render_markdown
from duwang.bulletin.render.pdf import render_pdf
from duwang.bulletin.style import load_style
from duwang.bulletin.tree import Bulletin, Colophon
from duwang.bulletin.writing import write
from duwang.flow.forms import notice_of, publish_forms
from duwang.flow.judged import Judged
from duwang.flow.statistics import troubled_targets
from duwang.judge.summary import rate_told
from duwang.model.findings import Severity
from duwang.model.verdicts import Hit, VerdictKind
from kit.judged_folder import PORTAL, WEIXIN, finding, judged_folder
from unit.bulletin.notices import pages, plain
from unit.bulletin.rounds import NEWS, judged

COLOPHON = Colophon("各乡、镇人民政府，县直各单位", "仿真县人民政府办公室", date(2024, 10, 8))


def test_objects_with_problems_are_counted_alike_in_summary_statistics_and_notice(tmp_path: Path) -> None:
    waiting = finding("text/typo", WEIXIN, severity=Severity.ORDINARY)
    folder = judged_folder(tmp_path / "a", findings=(finding("reach/broken-link"), waiting))
    material = Judged.of(folder)
    made = notice_of(material, style="通用")
    assert material.summary["site"]["with_problems"] == 1 and material.summary["account"]["with_problems"] == 0
    assert troubled_targets(material) == {PORTAL}
    assert made.figures["网站存在问题数"].value == 1 and made.figures["新媒体存在问题数"].value == 0


def test_a_draft_says_so_and_cannot_be_made_final(tmp_path: Path) -> None:
    made = notice_of(judged(), style="通用")
    assert made.draft == "送审稿：尚有政务新媒体1个待核，复核完成前不得印发"
    assert render_markdown(made).startswith("（送审稿：尚有政务新媒体1个待核，复核完成前不得印发）\n")
    assert Document(BytesIO(render_docx(made))).paragraphs[0].text == f"（{made.draft}）"
    folder = judged_folder(tmp_path / "a", findings=(finding("text/leader-fault", severity=Severity.SERIOUS),))
    with pytest.raises(BulletinFault, match=r"不能定稿：尚有.*待核的是"):
        publish_forms(folder.path, tmp_path / "out", forms=("md",), style=None, progress=print, final=True)
    assert publish_forms(folder.path, tmp_path / "out", forms=("md",), style=None, progress=print)


def test_a_final_notice_bears_no_mark() -> None:
    closed = tuple(
        replace(one, verdict=VerdictKind.QUALIFIED, open=()) if one.target == NEWS else one for one in judged().verdicts
    )
    summary = {**judged().summary, "account": {"checked": 2, "qualified": 1, "failed": 1, "open": 0}}
    assert notice_of(replace(judged(), verdicts=closed, summary=summary), style="通用").draft == ""


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ((48, 1, 0), "97.92%"),
        ((48, 1, 1), "待定（95.83%—97.92%）"),
        ((3, 0, 0), "100%"),
        ((3, 0, 3), "待定（0.00%—100%）"),
        ((0, 0, 0), "—"),
    ],
)
def test_a_rate_that_open_verdicts_can_change_is_a_range(counts: tuple[int, int, int], told: str) -> None:
    assert rate_told(*counts) == told


def test_a_low_score_is_no_veto_and_has_its_decimals() -> None:
    low = Hit("T-3", "扣分指标得分不足60分", "points", 59.5, 60, ())
    failed = tuple(
        replace(one, verdict=VerdictKind.FAILED, hits=(low,), open=()) if one.target == NEWS else one
        for one in judged().verdicts
    )
    summary = {**judged().summary, "account": {"checked": 2, "qualified": 0, "failed": 2, "open": 0}}
    made = notice_of(replace(judged(), verdicts=failed, summary=summary), style="通用")
    row = next(row for row in made.annex("problems").rows if "59.5" in "".join(row))
    assert "扣分指标得分59.5分，不足60分" in row and "得分不足" in row and "单项否决" not in row
    assert "存在单项否决问题或者得分不足" in render_markdown(made)


def with_foot(lines: int = 3) -> Bulletin:
    return replace(plain(lines), colophon=COLOPHON)


def test_the_foot_stands_in_every_form() -> None:
    made = with_foot()
    told = ("抄送：各乡、镇人民政府，县直各单位。", "仿真县人民政府办公室", "2024年10月8日印发")
    paragraphs = [one.text for one in Document(BytesIO(render_docx(made))).paragraphs]
    assert paragraphs[-2:] == [f"　{told[0]}", f"　{told[1]}\t{told[2]}"]
    assert all(piece in render_html(made) and piece in render_markdown(made) for piece in told)
    assert set(told[:2]) <= {f"抄送：{text}。" if text == COLOPHON.copies else text for text in made.texts()}


@pytest.mark.parametrize("lines", [3, 25, 45, 60])
def test_the_foot_of_the_pdf_stands_alone_on_the_last_even_page(lines: int) -> None:
    try:
        faces = faces_of()
    except BulletinFault as fault:
        pytest.skip(f"本机没有中文字库：{str(fault)[:30]}")
    sheets = ["".join(text for _, _, text in page) for page in pages(render_pdf(with_foot(lines), faces=faces))]
    assert len(sheets) % 2 == 0
    assert "印发" in sheets[-1] and not any("印发" in sheet for sheet in sheets[:-1])
    assert ("—" in sheets[-1]) == ("此件公开发布" in sheets[-1])


def test_a_data_file_may_name_the_foot() -> None:
    body = (
        "head: {issuer: 仿真县人民政府办公室, date: 2024-10-08, title: 通报}\nsections: [{heading: 情况, text: 好。}]\n"
    )
    style = load_style("通用")
    assert write(load_data(body, name="a.yaml"), style).colophon.lines() == ()
    made = write(load_data(f"{body}colophon: {{copies: [县委办公室, 县人大办公室]}}\n", name="a.yaml"), style)
    assert made.colophon.lines() == (
        ("抄送：县委办公室，县人大办公室。",),
        ("仿真县人民政府办公室", "2024年10月8日印发"),
    )
    with pytest.raises(BulletinFault, match="colophon"):
        load_data(f"{body}colophon: {{copy: 甲}}\n", name="a.yaml")
