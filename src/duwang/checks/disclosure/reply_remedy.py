"""disclosure/reply-remedy: 答复书救济途径表述错误."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from duwang.checks.check import check, finding
from duwang.checks.disclosure.applications import application, name_of, organ_of, reply_text
from duwang.model.findings import CannotTell, Findings, Severity
from duwang.model.material import LetterView

NEW_LAW = date(2024, 1, 1)  # 行政复议法（2023年修订）施行
_REFUSED = re.compile(r"不予公开|不公开|决定不予|不属于(?:主动|依法)?公开(?:的)?范围")
_REMEDY = re.compile(r"行政复议|行政诉讼|提起诉讼|人民法院")
_RECONSIDER = re.compile(r"复议")
_SUE = re.compile(r"诉讼|起诉|人民法院")
_SIXTY = re.compile(r"(?:60|六十|六○|六〇)\s*日")
_DAYS = re.compile(
    r"(?P<n>\d{1,3}|[一二三四五六七八九十百]+)\s*(?P<unit>个?工作日|日|天|个月)(?:内|之内|以内)?[^。；]{0,40}?(?P<what>复议|诉讼|起诉)"
)
_FIRST = re.compile(
    r"(?:应当|须|必须|应)?先(?:依法)?(?:向[^。；]{2,30})?(?:申请)?(?:行政)?复议|复议前置|对(?:行政)?复议决定不服[^。]{0,30}(?:诉讼|起诉)"
)
_EITHER = re.compile(
    r"复议[^。；]{0,24}(?:或者?|也可以?|亦可|，也可)[^。；]{0,30}(?:诉讼|起诉)|(?:诉讼|起诉)[^。；]{0,24}(?:或者?|也可)[^。；]{0,30}复议"
)
_UPPER = re.compile(
    r"(?:向)?(?:上一级|上级)(?:主管)?(?:部门|机关|主管部门)|(?:市|省|州|厅)[\u4e00-\u9fff]{0,10}(?:局|厅|委)申请(?:行政)?复议"
)


@dataclass(frozen=True, slots=True)
class _Fault:
    kind: str
    told: str
    quote: str
    certainty: float = 0.85


@check("disclosure/reply-remedy", on=LetterView, title="答复书救济途径表述错误")
def reply_remedy(letter: LetterView) -> Findings:
    """
    查什么：政府信息公开申请答复书里的救济途径写得对不对。2024年1月1日前后作出的答复，适用不同的规定。

    依据：行政复议法（2023年修订）第二十条（60日）、第二十三条（不予公开的，应当先申请行政复议，答复时应当告知）、第二十四条
    （由本级人民政府管辖）；行政诉讼法第四十五条（15日）、第四十六条（6个月）；襄阳市2024年第四次通报：救济途径表述错误。

    会报：没有写救济途径的；复议期限不是60日、直接起诉期限不是6个月的；2024年起不予公开的答复仍写“可以申请复议或者提起诉讼”、没有写明先复议的；
    2024年起部门的答复仍写向上一级主管部门申请复议的。

    不报：2024年以前的答复写“复议或者诉讼”；不予公开以外的答复写两种途径；垂直管理单位。
    没有登记答复书全文的、不是依申请公开的，记为不适用；没有登记答复时间的，记为不能判断。

    怎么改：不予公开的，写明“自收到本答复之日起60日内向某某人民政府申请行政复议；对复议决定不服的，自收到复议决定书之日起15日内提起行政诉讼”；
    其他答复，写明60日内申请复议或者6个月内提起诉讼。
    """
    text = reply_text(letter)
    one = application(letter)
    if not _REMEDY.search(text):
        yield from _told(letter, _Fault("缺少", "没有写明救济途径", ""))
        return
    faults = [*_limits(text)]
    if one.replied is None and _REFUSED.search(text) and not faults:
        raise CannotTell("没有登记答复时间，不知道适用新旧哪部行政复议法")
    if one.replied is not None and one.replied >= NEW_LAW:
        faults += _since_2024(text, letter)
    for fault in faults:
        yield from _told(letter, fault)


def _limits(text: str) -> Iterator[_Fault]:
    """Time limits that neither law knows."""
    seen = set()
    for found in _DAYS.finditer(text):
        number, unit, what = _number(found["n"]), found["unit"], found["what"]
        after_reconsideration = (
            bool(re.search(r"复议决定[^。；]{0,30}$", text[: found.start()][-40:])) and what != "复议"
        )
        if what == "复议" and (number, unit) in ((60, "日"), (60, "天")):
            continue
        if what != "复议" and (
            (number, unit) == (6, "个月") or (after_reconsideration and number == 15 and unit in "日天")
        ):
            continue
        right = "60日" if what == "复议" else "15日" if after_reconsideration else "6个月"
        name = "申请行政复议" if what == "复议" else "提起行政诉讼"
        if (name, right) not in seen:
            seen.add((name, right))
            yield _Fault("期限", f"{name}的期限写“{found['n']}{unit}”，应为{right}", found[0])


def _since_2024(text: str, letter: LetterView) -> Iterator[_Fault]:
    refused = _REFUSED.search(text)
    if refused and (either := _EITHER.search(text)) and not re.search(r"先[^。；]{0,20}复议", text):
        yield _Fault(
            "复议前置", "不予公开的答复写成可以申请复议或者提起诉讼，2024年1月1日起应当先申请行政复议", either[0]
        )
    elif refused and not _FIRST.search(text) and _SUE.search(text):
        yield _Fault("复议前置", "不予公开的答复没有写明应当先申请行政复议", "")
    elif refused and not _RECONSIDER.search(text):
        yield _Fault("复议前置", "不予公开的答复没有告知申请行政复议", "")
    organ = organ_of(letter)
    upper = _UPPER.search(text)
    if upper and _RECONSIDER.search(text) and (organ is None or organ.kind in ("部门", "直属单位", "")):
        yield _Fault(
            "复议机关", "部门的答复写向上一级主管部门申请复议，2024年1月1日起由本级人民政府管辖", upper[0], 0.7
        )


def _told(letter: LetterView, fault: _Fault) -> Findings:
    yield finding(
        letter, quote=fault.quote or letter.title or letter.letter.number, context=f"{letter.letter.number}{fault.kind}",
        message=f"{name_of(letter.letter)}的答复书{fault.told}", severity=Severity.ORDINARY, certainty=fault.certainty,
        facts={"kind": fault.kind},
    )  # fmt: skip


def _number(written: str) -> int:
    if written.isdigit():
        return int(written)
    digits = {c: n for n, c in enumerate("零一二三四五六七八九")}
    tens, ten, ones = written.partition("十")
    if ten:
        return (digits.get(tens, 1) if tens else 1) * 10 + (digits.get(ones, 0) if ones else 0)
    return digits.get(written, 0)
