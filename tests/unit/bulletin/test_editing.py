"""Editing a notice: words change, figures are filled from the tree; what would change or lose a figure is refused."""

from __future__ import annotations

import pytest

from duwang.bulletin.editing import EditFault, checked, edited, ordered, orders, passages
from duwang.bulletin.tree import Bulletin, Figure, Head, Paragraph, Run, Section

WAS = "检查政府网站{网站检查数}个，不合格{网站不合格数}个。"


def notice(*, checked_sites: int = 48, failed: int = 1, with_failed: bool = True) -> Bulletin:
    told = [Run("检查政府网站"), Run(str(checked_sites), "网站检查数"), Run("个")]
    told += [Run("，不合格"), Run(str(failed), "网站不合格数"), Run("个")] if with_failed else []
    inner = (
        Section(2, "政府网站", (Paragraph((*told, Run("。"))),)),
        Section(2, "政务新媒体", (Paragraph((Run("没有检查。"),)),)),
    )
    sections = (
        Section(1, "总体情况", sections=inner),
        Section(1, "下一步工作要求", (Paragraph((Run("限期整改。"),)),)),
    )
    figures = {name: Figure(name, n, str(n)) for name, n in (("网站检查数", checked_sites), ("网站不合格数", failed))}
    return Bulletin(Head("县政府办", "通报"), (Paragraph((Run("现将情况通报如下："),)),), sections, figures=figures)


def test_passages_name_their_place_and_hold_places_for_figures() -> None:
    found = {one.key: one.template for one in passages(notice())}
    assert found["/总体情况/政府网站#1"] == WAS
    assert found["开头#1"] == "现将情况通报如下："


def test_an_edit_keeps_its_words_and_takes_the_figures_of_today() -> None:
    edit = {
        "/总体情况/政府网站#1": {"was": WAS, "text": "本季度共检查{网站检查数}个网站，其中{网站不合格数}个不合格。"}
    }
    made = edited(notice(checked_sites=52, failed=2), edit)
    assert made.dropped == ()
    text = next(one for one in passages(made.bulletin) if one.key.endswith("政府网站#1"))
    assert text.text == "本季度共检查52个网站，其中2个不合格。"


def test_an_edit_of_a_sentence_that_counts_something_else_now_is_dropped_and_told() -> None:
    edit = {
        "/总体情况/政府网站#1": {"was": WAS, "text": WAS.replace("检查", "抽查")},
        "/没有了#1": {"was": "甲", "text": "乙"},
    }
    made = edited(notice(with_failed=False), edit)
    assert set(made.dropped) == set(edit)
    assert made.bulletin == notice(with_failed=False)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("检查政府网站{网站检查数}个，有的不合格。", "数字不能删去：{网站不合格数}"),
        ("检查政府网站48个，不合格{网站不合格数}个。", "数字不能删去：{网站检查数}"),
        (f"{WAS}另有3家单位没有反馈。", "“3家”没有数据对应"),
        (f"{WAS}另有三家单位没有反馈。", "“三家”没有数据对应"),
        (f"{WAS}合格率为99.5%。", "“99.5%”没有数据对应"),
        (f"{WAS}其中{{新媒体检查数}}个。", "没有名为“新媒体检查数”的数字"),
        (f"{WAS}{{", "大括号只用来写数字的名称"),
        ("", "文字不能为空"),
    ],
)
def test_what_would_change_lose_or_invent_a_figure_is_refused(text: str, why: str) -> None:
    with pytest.raises(EditFault, match=why):
        checked(WAS, text, notice())


@pytest.mark.parametrize(
    "text", [f"{WAS}请于2024年10月30日前整改。", f"按照国办发〔2019〕19号，{WAS}", f"{WAS}再强调一次：一件事也不放过"]
)
def test_dates_and_document_numbers_are_words(text: str) -> None:
    assert checked(WAS, text, notice()) == text


def test_parts_stand_in_the_chosen_order_and_unknown_ones_behind() -> None:
    assert orders(notice()) == {"总体情况": ["政府网站", "政务新媒体"]}
    assert orders(ordered(notice(), {"总体情况": ["政务新媒体", "没有了"]})) == {"总体情况": ["政务新媒体", "政府网站"]}
