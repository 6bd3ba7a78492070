"""Characters and words that only their neighbours show to be wrong: 已 and 己, 的 and 得, 于 and 与, 截止 and 截至; traditional characters in a
simplified text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from duwang.checks.text.places import Misplaced
from duwang.checks.text.vocabulary import words
from duwang.checks.text.wording import quoted
from duwang.model.findings import Severity

_HAN = "\u4e00-\u9fff"
_FEW, _RUN, _SHARE = 3, 4, 0.05


@dataclass(frozen=True, slots=True)
class _Rule:
    """`pattern` with the group `m` around what should read `right`; `idiom`: only before an idiom at the end of a clause."""

    pattern: re.Pattern[str]
    right: str
    message: str
    severity: Severity = Severity.HINT
    idiom: bool = False


_VERBS = "忙累气急乐笑哭跑干做说讲唱跳写画变打烧晒冻热吓吃喝玩学弄搞办管摆装扮忙活收拾打扮打理建设布置安排描写刻画表现发挥过长"
_RULES = (
    _Rule(re.compile(r"(?<![自知异克律利损修舍体恕推及罪贵害由身于一各我责求守切私彼诸洁约贴奉乙丁辛癸])(?<!先人后)(?P<m>[己巳])(?=经|有[^，。]|被|将|完成|建成|达[到成]|超过|开[工始展]|通过|批准|成为|全部|于\d|不再|达\d)"), "已", "“己”应为“已”", Severity.ORDINARY),
    _Rule(re.compile(r"(?<=[自知异克律])(?<!不能自)(?<!难以自)(?<!不可自)(?P<m>[已巳])(?=[的之所奉，。；、！？”]|见|任|方|力)"), "己", "“已”应为“己”", Severity.ORDINARY),
    _Rule(re.compile(rf"[{_HAN}]{{2,4}}(?P<m>于)[{_HAN}]{{2,4}}(?:并存|并重|并举|共存|共赢|共舞|并行|同在|齐飞|交织|相结合|相适应|相统一|相衔接|相协调)"), "与", "表示并列的“于”应为“与”"),
    _Rule(re.compile(rf"(?:[{_VERBS}]|[{_HAN}][{_VERBS}])(?P<m>的)(?=(?P<i>[{_HAN}]{{4}})(?:[，。；！？、”）\n]|$|[{_HAN}]))"), "得", "动词和补语之间用“得”", idiom=True),
    _Rule(re.compile(r"(?<![名请报申标期件投征收受理办间时已日前被于])(?P<m>截止)(?=到?(?:(?:20|19)?\d{2}年|\d{1,2}月|目前|当前|今[年天日]|现在|昨[天日]|上周|上月|本[月周年]|去年|年[底末]|[上下]午|晚上|凌晨|中午|北京时间|[一二三四五六七八九十]月|\d{1,2}[日时点]|发稿|记者))"), "截至", "后面带时间时用“截至”"),
    _Rule(re.compile(r"(?:驾车|乘车|坐车|列车|火车|高铁|客车|公交|航班|飞机|轮船|骑行|徒步|线路|车辆|沿途|行程|高速|铁路|公路|管道|河流)(?P<m>途径)(?!是|有|之|为|和|及|、|，|。)"), "途经", "经过某地用“途经”"),
    _Rule(re.compile(r"(?P<m>[乙丁己辛癸](?:己|已))(?=[年月日，。；、）)“”]|有)(?<![自知异克律].)"), "巳", "干支里是“巳”"),
)  # fmt: skip


def misused(text: str) -> Iterator[Misplaced]:
    """Faults of every rule, and traditional characters."""
    for rule in _RULES:
        for found in rule.pattern.finditer(text):
            if rule.idiom and not _idiom(found["i"]):
                continue
            start, end = found.span("m")
            right = found["m"][0] + rule.right if len(found["m"]) == 2 and rule.right == "巳" else rule.right
            said = text[max(0, start - 2) : end + 2].replace("\n", "")
            yield Misplaced(start, end, right, f"{rule.message}：{quoted(said)}", rule.severity)
    yield from _traditional(text)


def _idiom(four: str) -> bool:
    """Whether the four characters are an idiom that says how something is done, not two words side by side."""
    return words().code(four) > 0 and not (words().code(four[:2]) >= 12 and words().code(four[2:]) >= 12)


@lru_cache(maxsize=1)
def _simplified() -> dict[str, str]:
    file = resources.files("duwang.checks.text") / "lexicons" / "繁体字.txt"
    lines = file.read_text(encoding="utf-8").splitlines()
    return {pair[0]: pair[1] for line in lines if not line.startswith("#") for pair in line.split()}


@lru_cache(maxsize=1)
def _characters() -> re.Pattern[str]:
    return re.compile(f"[{''.join(_simplified())}]+")


def _traditional(text: str) -> Iterator[Misplaced]:
    """A few traditional characters in a simplified text; whole phrases of them are quoted, and many are another kind of text."""
    runs = list(_characters().finditer(text))
    many = sum(len(run[0]) for run in runs)
    if not runs or many > max(_FEW, _SHARE * len(text)):
        return
    for run in runs:
        if len(run[0]) < _RUN:
            right = "".join(_simplified()[c] for c in run[0])
            whole = text[run.start() - 1 : run.start()] + right, right + text[run.end() : run.end() + 1]
            sure = any(len(word) > 1 and words().code(word) for word in (right, *whole))
            severity = Severity.ORDINARY if sure else Severity.HINT
            yield Misplaced(run.start(), run.end(), right, f"繁体字：{quoted(run[0])}应为{quoted(right)}", severity)
