"""Sentences with a planted fault of form and their near misses: numbers and dates, marks, repetition. All invented.

`bench.text_corpus make` takes them; a row is (wrong sentence, right sentence, check).
"""

from __future__ import annotations

import random
from collections.abc import Iterator

Made = tuple[str, str, str]
UNITS = [
    "县教育局",
    "县水利局",
    "县民政局",
    "城关镇",
    "东河乡",
    "县医疗保障局",
    "县司法局",
    "西山街道",
    "县统计局",
    "县档案馆",
]
THINGS = [
    "整改方案",
    "春耕生产",
    "防汛备汛",
    "招商引资",
    "信访接待",
    "政务公开",
    "道路养护",
    "校园安全",
    "医保征缴",
    "河道清理",
]
ACTS = [
    "召开推进会",
    "开展督导检查",
    "组织业务培训",
    "印发工作方案",
    "完成年度任务",
    "公布办事指南",
    "回应群众关切",
    "整理档案资料",
]
PAPERS = ["文件", "合同", "报告", "申请", "通知", "材料", "协议", "问卷"]


def sentences(number: int) -> list[Made]:
    """So many of each of the three families, always the same."""
    maker = random.Random(20241125)
    made: list[Made] = []
    for check, build in (
        ("text/number-format", _numbers),
        ("text/punctuation", _marks),
        ("text/repetition", _twice),
    ):
        seen: dict[Made, None] = {}
        while len(seen) < number:
            for wrong, right in build(maker):
                seen[(wrong, right, check)] = None
        made += list(seen)[:number]
    return made


def _numbers(maker: random.Random) -> Iterator[tuple[str, str]]:
    unit, thing, paper = maker.choice(UNITS), maker.choice(THINGS), maker.choice(PAPERS)
    n, year = maker.randint(2, 99), maker.randint(2015, 2024)
    short, month = maker.choice([(30, 4), (30, 6), (30, 9), (30, 11), (31, 5), (31, 10), (31, 12)])
    yield (
        f"{unit}于{year}年{month}月{short + 1}日前报送{thing}情况。",
        f"{unit}于{year}年{month}月{short}日前报送{thing}情况。",
    )
    leap = 29 if year % 4 == 0 else 28
    yield f"{year}年2月{leap + 1}日，{unit}{thing}工作通过验收。", f"{year}年2月{leap}日，{unit}{thing}工作通过验收。"
    yield f"{unit}{thing}完成率提高百分之{n}%。", f"{unit}{thing}完成率提高{n}%。"
    yield f"{unit}{thing}完成率提高{n}%个百分点。", f"{unit}{thing}完成率提高{n}个百分点。"
    yield f"{unit}就{thing}印发{n}分{paper}。", f"{unit}就{thing}印发{n}份{paper}。"
    yield f"{unit}投入{thing}资金{n}万元万元。", f"{unit}投入{thing}资金{n}万元。"
    yield f"{unit}{thing}满意率为{n}%%。", f"{unit}{thing}满意率为{n}%。"
    yield (
        f"{year}年{maker.randint(13, 19)}月，{unit}开展{thing}。",
        f"{year}年{maker.randint(1, 12)}月，{unit}开展{thing}。",
    )
    yield f"约{n * 10}余人参加{unit}{thing}培训。", f"{n * 10}余人参加{unit}{thing}培训。"
    yield f"二O二四年，{unit}抓好{thing}。", f"二〇二四年，{unit}抓好{thing}。"


def _marks(maker: random.Random) -> Iterator[tuple[str, str]]:
    unit, thing, act = maker.choice(UNITS), maker.choice(THINGS), maker.choice(ACTS)
    other, number, year = maker.choice([u for u in UNITS if u != unit]), maker.randint(1, 60), maker.randint(2016, 2024)
    yield f"{unit}就{thing}{act}，。{other}派人参加。", f"{unit}就{thing}{act}。{other}派人参加。"
    yield f"{unit}就{thing}{act}。。{other}派人参加。", f"{unit}就{thing}{act}。{other}派人参加。"
    yield f"一是{unit}{act}；；二是{other}抓好{thing}。", f"一是{unit}{act}；二是{other}抓好{thing}。"
    yield f"根据仿政发[{year}]{number}号文件，{unit}{act}。", f"根据仿政发〔{year}〕{number}号文件，{unit}{act}。"
    yield (
        f"根据仿政发〔{year % 100}〕{number}号文件，{unit}{act}。",
        f"根据仿政发〔{year}〕{number}号文件，{unit}{act}。",
    )
    yield f"{unit}印发《{thing}工作方案，对{act}作出安排。", f"{unit}印发《{thing}工作方案》，对{act}作出安排。"
    yield f"{unit}（含各股室、二级单位要{act}。", f"{unit}（含各股室、二级单位）要{act}。"
    yield f"负责人说：“{thing}要{act}，不留死角。", f"负责人说：“{thing}要{act}，不留死角。”"
    yield f"参加的有{unit}、{other}……等单位，共同{act}。", f"参加的有{unit}、{other}等单位，共同{act}。"
    yield (
        f"{unit}转发《关于印发《{thing}工作方案》的通知》，要求{act}。",
        f"{unit}转发《关于印发〈{thing}工作方案〉的通知》，要求{act}。",
    )
    yield f"首先、{unit}要{act}。", f"首先，{unit}要{act}。"
    yield f"{unit}{thing}。。。。。。稳步推进", f"{unit}{thing}……稳步推进"


def _twice(maker: random.Random) -> Iterator[tuple[str, str]]:
    unit, thing, act = maker.choice(UNITS), maker.choice(THINGS), maker.choice(ACTS)
    other = maker.choice([u for u in UNITS if u != unit])
    day = f"{maker.randint(1, 12)}月{maker.randint(1, 28)}日"
    yield f"{day}，{unit}{thing}{thing}工作有序开展。", f"{day}，{unit}{thing}工作有序开展。"
    yield f"{day}，{unit}{act}{act}，效果良好。", f"{day}，{unit}{act}，效果良好。"
    whole = f"{day}，{unit}就{thing}{act}。"
    yield f"{whole}{whole}{other}派人参加。", f"{whole}{other}派人参加。"
    yield f"{day}，{unit}{unit}对{thing}作出安排。", f"{day}，{unit}对{thing}作出安排。"
