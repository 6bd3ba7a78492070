"""Marks in the wrong place: what GB/T 15834-2011 says of 顿号, 省略号, 问号, 冒号, nested quotation and title marks, and GB/T 9704-2012 of
numbers of headings and documents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from duwang.model.findings import Severity
from duwang.reading.sought import Sought

_HAN = "\u4e00-\u9fff〇"
_NUMERAL = "一二三四五六七八九十"
_PAGE = 3000
_NEXT = dict(zip("一二三四五六七八", "二三四五六七八九", strict=True))


@dataclass(frozen=True, slots=True)
class Fault:
    """[start, end) of the text; `right` replaces it (None = to be decided by a person)."""

    start: int
    end: int
    right: str | None
    message: str
    severity: Severity = Severity.ORDINARY


@dataclass(frozen=True, slots=True)
class _Rule:
    """`pattern` with the group `m` around what is replaced by `right`; `often`: usual in long texts, told once, and only on a page."""

    pattern: re.Pattern[str]
    right: str | None
    message: str
    severity: Severity = Severity.HINT
    often: bool = False


_PLAIN = Severity.ORDINARY
_RULES = (
    _Rule(re.compile(r"(?P<m>(?:…{1,2}|\.{3,6})\s?等(?:等)?)(?![级候待同效量])"), "等", "省略号和“等”重复，只用一个", _PLAIN),
    _Rule(re.compile(r"(?P<m>等等?[…]{1,2})"), "等", "省略号和“等”重复，只用一个", _PLAIN),
    _Rule(re.compile(rf"、(?P<m>、?等)(?=[{_HAN}，。；]|$)(?!等?[级候待同效量值额比距分高压温离位边腰])"), None, "“等”前面不用顿号"),
    _Rule(re.compile(rf"第[{_NUMERAL}]{{1,2}}(?P<m>、)(?=[{_HAN}])(?![第{_NUMERAL}百千])"), "，", "“第一”“第二”后面用逗号"),
    _Rule(re.compile(rf"(?:首先|其次|再次|最后)(?P<m>、)(?=[{_HAN}])"), "，", "“首先”“其次”后面用逗号", _PLAIN),
    _Rule(re.compile(rf"(?:^|\n)[ \u3000]*[{_NUMERAL}]{{1,3}}(?P<m>[，,.．；;：:])(?=[{_HAN}])"), "、", "标题序号“一”后面用顿号", _PLAIN),
    _Rule(re.compile(rf"(?:^|\n)[ \u3000]*[（(](?:[{_NUMERAL}]{{1,3}}|\d{{1,2}})[）)](?P<m>[、，,.．：:])"), "", "带括号的序号后面不用标点"),
    _Rule(re.compile(rf"(?:^|\n)[ \u3000]*\d{{1,2}}(?P<m>、)(?=[{_HAN}“《])"), ".", "阿拉伯数字序号后面用下脚点", often=True),
    _Rule(re.compile(r"(?:通知|通报|公告|通告|报告|公示|批复|函复|说明|汇报|答复|意见|安排|要求|规定|事项|情况|解释|决定)如下(?P<m>[。，；、,;])(?!\s*(?:敬?请|望|特此))"), "：", "“如下”后面用冒号"),
    _Rule(re.compile(r"》(?P<m>、)《"), "", "书名号之间不用顿号", often=True),
    _Rule(re.compile(r"”(?P<m>、)“"), "", "引号之间不用顿号", often=True),
    _Rule(re.compile(rf"[{_HAN}”》）](?P<m>、)(?:和(?![睦谐平解蔼美气善悦顺煦缓硕])|以及|及其|并且|或者)(?=[{_HAN}“《])"), "", "“和”“以及”前面不用顿号"),
    _Rule(re.compile(r"《[^《》〈\n]{1,40}(?P<m>《)(?=[^《》\n]{1,60}》)"), "〈", "书名号里面再用书名号，里面的用单书名号", _PLAIN),
    _Rule(re.compile(r"“[^“”\n]{1,40}(?P<m>“)(?=[^“”\n]{1,60}”[^“\n]{0,60}”)"), "‘", "引号里面再用引号，里面的用单引号"),
    _Rule(re.compile(r"：“[^“”\n]{8,}[^“”。！？…\n](?P<m>”。)"), "。”", "引语独立成句，句号放在引号里面"),
    _Rule(re.compile(r"[。！？]）(?P<m>。)"), "", "括号里面已有句号，外面不再用"),
    _Rule(re.compile(r"》(?P<m>（(?:试行|暂行|草案|修订|修订版|征求意见稿|送审稿)）)"), None, "“试行”一类字样放在书名号里面"),
    _Rule(re.compile(r"〔(?:19|20)\d{2}〕(?P<m>第)(?=\d{1,4}号)"), "", "发文顺序号不加“第”字"),
    _Rule(re.compile(r"〔(?:19|20)\d{2}〕(?P<m>0+)(?=[1-9]\d{0,3}号)"), "", "发文顺序号不编虚位"),
    _Rule(re.compile(rf"(?<=[{_HAN}])(?P<m>[〔\[（(]\d{{2}}[〕\]）)])(?=\d{{1,4}}号)"), None, "发文字号的年份应标全称", _PLAIN),
    _Rule(re.compile(r"(?:不知|不清楚|不了解|问一下|询问|研究|讨论|考虑|取决于|关系到|反映出|说明了)(?:[^，。；：？！\n]{0,12})(?:是否|如何|怎样|怎么|什么|多少|哪里|哪些|能不能|有没有)[^，。；：？！“”\n]{0,20}(?P<m>？)"), "。", "陈述句里带疑问词，句末用句号"),
    _Rule(re.compile(r"(?P<m>！{2,}|？{2,}|[？！]{3,})"), None, "叹号、问号重复使用"),
    _Rule(re.compile(rf"(?:^|\n)[ \u3000]*(?P<m>[，。、；：！？”》）])(?=[{_HAN}])"), None, "一行开头不用这个标点"),
    _Rule(re.compile(rf"(?<=[{_HAN}]{{2}})(?P<m>[.．•])(?=[{_HAN}]{{2}})"), None, "中文里夹用“.”，应为“。”或“·”", often=True),
    _Rule(re.compile(rf"(?<=[{_HAN}]{{4}})(?P<m>\.)(?=\s*(?:\n|$))"), "。", "句末用半角“.”，应为“。”", often=True),
    _Rule(re.compile(r"附件[：:]\s*\d{1,2}(?P<m>、)"), ".", "附件序号后面用下脚点", often=True),
    _Rule(re.compile(rf"附件(?:\d{{1,2}}|[{_NUMERAL}])(?P<m>[：:])"), "", "附件的序号后面不用标点", often=True),
    _Rule(re.compile(r"(?:CN|ISSN)\s?\d{2,4}(?P<m>[—–－~～]{1,2})\d{3,4}"), "-", "刊号中间用半字线“-”"),
    _Rule(re.compile(r"\d{1,2}(?P<m>：)\d{2}(?=\s*(?:[—–\-－~～至到]|[）)，。；、]|分|$))(?<![：:]\d{2}：\d{2})"), ":", "时间中间用半角冒号"),
    _Rule(re.compile(r"(?P<m>[至到][~～—–－-]{1,2}|[~～—–－-]{1,2}[至到])(?=\s*\d)"), "至", "“至”和连接号只用一个", _PLAIN),
    _Rule(re.compile(r"(?<![“‘十一二三四五六七八九])(?P<m>十[一二三四五]五)(?=规划|时期|期间|末|开局|收官)"), None, "“十四五”一类简称加引号", often=True),
    _Rule(re.compile(rf"（[{_HAN}\d]{{1,30}}(?P<m>\))"), "）", "圆括号一半全角、一半半角", often=True),
    _Rule(re.compile(rf"(?P<m>\()[{_HAN}\d]{{1,30}}）"), "（", "圆括号一半全角、一半半角", often=True),
    _Rule(re.compile(r"(?P<m>—{3,})"), "——", "破折号占两个字"),
    _Rule(re.compile(rf"(?<=[{_HAN}])(?P<m>…)(?!…)(?<!……)"), "……", "省略号占两个字"),
)  # fmt: skip
_ROUGH = Sought(
    rf"(?<![第{_NUMERAL}、])([一二三四五六七八])(、)([二三四五六七八九])(?=(?:十|百|千|万)?(?:余)?(?:个|天|年|人|岁|次|名|元|里|米|公里|户|家)(?![级线月]))",
    glimpse="[一二三四五六七八]、[二三四五六七八九]",
)

_SOUGHT = tuple((rule, Sought(rule.pattern)) for rule in _RULES)


def misplaced(text: str) -> Iterator[Fault]:
    """Faults of every rule; one that is a habit in many texts is told once, with the number."""
    for rule, sought in _SOUGHT:
        if rule.often and len(text) > _PAGE:
            continue
        found = list(sought.finditer(text))
        for one in found[:1] if rule.often else found:
            said = f"，共{len(found)}处" if rule.often and len(found) > 1 else ""
            yield Fault(one.start("m"), one.end("m"), rule.right, rule.message + said, rule.severity)
    for one in _ROUGH.finditer(text):
        if _NEXT[one[1]] == one[3]:
            yield Fault(one.start(2), one.end(2), "", "相邻两个数字表示概数，中间不用顿号", Severity.HINT)
