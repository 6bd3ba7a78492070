"""Every number of a generated notice re-adds from its annex rows, for random data."""

from __future__ import annotations

import re

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from duwang.bulletin.data import load_data
from duwang.bulletin.figures import disagreements, percentage, printed_rate
from duwang.bulletin.style import load_style
from duwang.bulletin.tree import Bulletin
from duwang.bulletin.writing import write

UNITS = st.sampled_from(["甲局", "乙镇", "丙街道", "丁委"])
PROBLEM = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["政府网站", "政务新媒体"]), "item": st.sampled_from(["单项否决", "信息发布审核不严", "更新不及时"]),
        "org": UNITS, "region": st.sampled_from(["东区", "西区"]), "target": st.sampled_from([f"对象{n}号" for n in "一二三四五六"]),
        "platform": st.just("微信"), "text": st.sampled_from(["栏目空白", "表述错误", "长期未更新"]),
        "verdict": st.sampled_from(["不合格", "存在问题"]), "count": st.integers(1, 9).map(str),
    }
)  # fmt: skip


def noticed(problems: list[dict[str, str]], sites: int, accounts: int, style: str) -> Bulletin:
    figures = {
        "网站检查数": sites, "新媒体检查数": accounts, "全域": "全市", "监测时间点": "2024年9月30日",
        "处数合计": {"column": "处数", "of": "problems"},
    }  # fmt: skip
    head = {"issuer": "市政府办公室", "date": "2024-10-16", "period": "2024年第三季度", "basis": "《检查指标》"}
    material = load_data(
        yaml.safe_dump({"head": head, "figures": figures, "problems": problems, "deadline": "2024-10-30"}, allow_unicode=True), name="随机.yaml"
    )  # fmt: skip
    return write(material, load_style(style))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(PROBLEM, min_size=1, max_size=25), st.integers(6, 200), st.integers(6, 2000),
    st.sampled_from(["襄阳", "青海", "昌宁", "曾都"]),
)  # fmt: skip
def test_numbers_re_add_from_rows(problems: list[dict[str, str]], sites: int, accounts: int, style: str) -> None:
    made = noticed(problems, sites, accounts, style)
    assert list(disagreements(made)) == []
    failed = {p["target"] for p in problems if p["kind"] == "政府网站" and p["verdict"] == "不合格"}
    if style in ("襄阳", "青海"):
        assert made.figures["网站不合格数"].value == len(failed)
        assert made.figures["网站合格率"].text == printed_rate(percentage(sites - len(failed), sites, 2))
    for paragraph in made.paragraphs():
        for run in paragraph.runs:
            if run.figure:
                assert run.text == made.figures[run.figure].text
    printed = {
        text for p in made.paragraphs() for run in p.runs if not run.figure for text in re.findall(r"\d+", run.text)
    }
    assert printed <= known_numbers(made)


def known_numbers(made: Bulletin) -> set[str]:
    """Numbers that are words: dates, periods, document numbers, annex numbers, quoted texts."""
    words = ("2024年9月30日", "2024年10月30日", "2024年第三季度", "附件1附件2附件3附件4", "2周6个月1年2空2字14")
    return {number for word in words for number in re.findall(r"\d+", word)}
