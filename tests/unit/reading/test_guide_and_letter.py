"""办事指南 and published letters: which elements are there, under the many names that pages give them."""

import json
from datetime import date

import pytest

from duwang.reading.guide import EIGHT, TEN, guide_in
from duwang.reading.letter import letter_in
from kit.shared import shared

GUIDE = """高龄津贴申请
一、事项名称
高龄老人津贴
二、政策依据：省政府令第12号
三、申报条件：本县户籍、年满80周岁
四、申请材料：身份证复印件1份
五、办理地点33号窗口
六、申办流程：申请、审核、公示、发放
七、收费：免费
八、承办部门：县民政局
九、受理时间：工作日上午8:30至12:00
十、咨询电话：0999-6621003"""


def test_ten_elements_under_other_names():
    guide = guide_in(GUIDE)
    assert guide.missing(TEN) == ()
    assert guide.elements["事项名称"] == "高龄老人津贴"
    assert guide.elements["办理地点"] == "33号窗口"


@pytest.mark.parametrize(
    ("line", "lost"),
    [
        ("八、承办部门：县民政局", ("办理机构",)),
        ("七、收费：免费", ("收费标准",)),
        ("十、咨询电话：0999-6621003", ("联系电话",)),
        ("二、政策依据：省政府令第12号", ("设定依据",)),
    ],
)
def test_one_line_less_is_one_element_less(line, lost):
    assert guide_in(GUIDE.replace(line, "")).missing(TEN) == lost
    assert guide_in(GUIDE.replace(line, "")).missing(EIGHT) == tuple(name for name in lost if name in EIGHT)


def test_a_label_without_a_value_is_missing_whatever_else_is_said():
    assert guide_in("咨询电话：\n设定依据：无\n事项名称：甲\n据《某条例》办理，热线12345。").missing(
        ("联系电话", "设定依据")
    ) == ("联系电话", "设定依据")


def test_a_table_pressed_into_one_line():
    text = "事项名称林木采伐许可单位名称县林业局办事地点政务大厅2楼联系电话0999-6621004设定依据森林法申请条件有林权证申报材料申请书1份审批流程受理审查发证"
    assert guide_in(text).missing(("办理地点", "联系电话", "设定依据", "申请条件", "办理材料", "办理流程")) == ()


@pytest.mark.needs_shared
def test_words_of_real_guides_are_known():
    """Of the elements that people found on real pages, those with a name of their own are recognised by it."""
    import re

    from duwang.reading.guide import _LABELS, _SPREAD

    known = asked = 0
    for line in shared("real/guides.jsonl").read_text("utf-8").splitlines():
        fact = json.loads(line)
        for name, there in fact["elements"].items():
            if there and name != "事项名称":
                asked += 1
                pattern = _SPREAD.get(name)
                known += bool(
                    re.search(_LABELS[name], fact["excerpt"]) or (pattern and pattern.search(fact["excerpt"]))
                )
    assert asked >= 70
    assert known / asked >= 0.8


LETTER = "信件编号：4599\n提交日期：2024-09-02\n标题：挖掘机夜间施工\n内容：夜间施工扰民\n回复人：县城管局\n回复日期：2024-09-05\n答复内容：已要求夜间停工。"


def test_a_letter_under_other_names():
    letter = letter_in(LETTER)
    assert letter is not None and letter.missing() == ()
    assert (letter.asked, letter.answered, letter.unit) == (date(2024, 9, 2), date(2024, 9, 5), "县城管局")


def test_an_empty_answer_is_missing_and_news_are_no_letter():
    letter = letter_in(LETTER.replace("已要求夜间停工。", "见附件"))
    assert letter is not None and letter.missing() == ("答复内容",)
    assert letter_in("县长信箱系统将于9月10日升级，请广大网民留言。") is None


def test_a_letter_in_a_table():
    letter = letter_in("来信时间\t2024-06-29\n来信内容\t路灯不亮\n处理状态\t待办理\n答复部门\t")
    assert letter is not None and letter.waiting and not letter.is_answered
