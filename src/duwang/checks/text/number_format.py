"""数字、日期、序号写法."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator

from duwang.checks.check import check, finding
from duwang.checks.text.numbering import gaps
from duwang.checks.text.wording import quoted
from duwang.model.findings import CannotTell, Findings, Severity
from duwang.model.material import Document
from duwang.reading.normal import normal
from duwang.reading.sought import Sought


@check("text/number-format", on=Document, title="数字、日期、序号写法错误", places=("site", "account", "text"))
def number_format(document: Document) -> Findings:
    """
    查什么：日期是不是真有这一天，数字、百分比、概数、量词的写法，标题序号是不是连续。

    依据：《出版物上数字用法》（GB/T 15835-2011）；《党政机关公文格式》（GB/T 9704-2012）结构层次序数的规定。

    会报：不存在的日期和时间（如2月30日、13月、25时）；终了早于起始的日期；“百分之20%”；“2分文件”；“约20多人”一类的概数重复；年份中的“0”“O”与汉字数字混用；
    同级标题序号跳号、重号。

    不报：公历以外的历法；电话、编号、版本号；正文里的普通列举；摘编材料中间缺少的款项（只作提示）。

    怎么改：核实后改正；序号跳号的，核对有没有漏掉整段内容。
    """
    if document.garbled:
        raise CannotTell("文字乱码，无法检查")
    body = normal(document.body)
    faults = [*_dates(body.text), *_times(body.text), *_percents(body.text), *_measures(body.text), *_about(body.text)]
    faults += [*_mixed(body.text), *_units(body.text), *_numbering(body.text), *_backwards(body.text)]
    for start, end, right, message, severity in sorted(faults, key=lambda one: (one[0], one[1])):
        begin, stop = body.span(start, end)
        yield finding(
            document,
            quote=document.body[begin:stop],
            message=message,
            start=begin,
            end=stop,
            suggestion=right,
            severity=severity,
            certainty=0.95 if severity is Severity.ORDINARY else 0.6,
            source="GB/T 15835-2011",
        )


_Fault = tuple[int, int, str | None, str, Severity]
_DATE = Sought(r"(?<![\d.])(?:((?:19|20)\d{2})年)?(?<!\d)(\d{1,2})月(\d{1,2})日", glimpse=r"\d月\d")
_MONTH = Sought(r"(?:19|20)\d{2}年(\d{1,2})月(?!\d)")


def _dates(text: str) -> Iterator[_Fault]:
    for found in _DATE.finditer(text) if "月" in text else ():
        month, day = int(found[2]), int(found[3])
        year = int(found[1] or 2024)
        if not 1 <= month <= 12 or not 1 <= day <= monthrange(year, month)[1]:
            yield found.start(), found.end(), None, f"没有这一天：{quoted(found[0])}", Severity.ORDINARY
    for found in _MONTH.finditer(text) if "月" in text else ():
        if not 1 <= int(found[1]) <= 12 and not text.startswith("日", found.end()):
            yield found.start(), found.end(), None, f"没有这个月：{quoted(found[0])}", Severity.ORDINARY


_SPAN = Sought(
    r"(?<!\d)(?P<a>\d{4})年(?P<b>\d{1,2})月(?:(?P<c>\d{1,2})日)?\s?(?:至|到|[—–\-－~～]{1,2})\s?(?:(?P<d>\d{4})年)?(?P<e>\d{1,2})月(?:(?P<f>\d{1,2})日)?"
)


def _backwards(text: str) -> Iterator[_Fault]:
    """A period that ends before it begins."""
    for found in _SPAN.finditer(text) if "月" in text else ():
        first = (int(found["a"]), int(found["b"]), int(found["c"] or 1))
        last = (int(found["d"] or found["a"]), int(found["e"]), int(found["f"] or 31))
        if last < first:
            severity = Severity.ORDINARY if found["d"] else Severity.HINT
            yield found.start(), found.end(), None, f"起止日期颠倒：{quoted(found[0])}", severity


_TIME = Sought(
    r"(?<![\d:：.])(?:日|午|晨|晚|[ （(])(\d{1,2})(?:[:：时])(\d{2})(?![\d.])(?:分)?(?![:：]\d{3})",
    glimpse=r"\d[:：时]\d",
)


def _times(text: str) -> Iterator[_Fault]:
    for found in _TIME.finditer(text):
        if int(found[1]) > 24 or int(found[2]) > 59:
            start = found.start(1)
            yield start, found.end(), None, f"没有这个时间：{quoted(text[start : found.end()])}", Severity.HINT


_PERCENT = Sought(r"百分之(\d+(?:\.\d+)?)[%％]")
_POINT = Sought(r"(?<!\d)(\d+(?:\.\d+)?)[%％]个?百分点")
_DOUBLE = Sought(r"[%％]{2,}|‰‰")


def _percents(text: str) -> Iterator[_Fault]:
    for found in _PERCENT.finditer(text):
        yield (
            found.start(),
            found.end(),
            f"{found[1]}%",
            f"百分比重复：{quoted(found[0])}应为“{found[1]}%”",
            Severity.ORDINARY,
        )
    for found in _POINT.finditer(text) if "百分点" in text else ():
        right = f"{found[1]}个百分点"
        yield (
            found.start(),
            found.end(),
            right,
            f"百分点写法不对：{quoted(found[0])}应为{quoted(right)}",
            Severity.ORDINARY,
        )
    for found in _DOUBLE.finditer(text):
        yield found.start(), found.end(), found[0][0], f"百分号重复：{quoted(found[0])}", Severity.ORDINARY


_THINGS = "文件|材料|合同|协议|报告|申请|通知|公函|档案|问卷|试卷|资料|表格|简报|提案|建议|清单|传单|图纸|责任书|倡议书|宣传册|手册|文书|样品|礼物|套餐"
_SHARE = Sought(
    rf"(?<![\d一二三四五六七八九十百千两几多余])([\d一二三四五六七八九十百千两几多余]+)分((?:[^\d，。；、的]{{0,4}})?(?:{_THINGS}))",
    glimpse=r"[\d一二三四五六七八九十百千两几多余]分",
)


def _measures(text: str) -> Iterator[_Fault]:
    for found in _SHARE.finditer(text) if "分" in text else ():
        if re.search(r"[时点:：]$", text[: found.start()][-1:]) or re.match(
            r"[类别期批成级级配摊享担析解项]", found[2]
        ):
            continue
        start = found.end(1)
        yield (
            start,
            start + 1,
            "份",
            f"量词有误：{quoted(found[0])}应为{quoted(f'{found[1]}份{found[2]}')}",
            Severity.ORDINARY,
        )


_ABOUT = Sought(
    r"(?:大约|约|近|将近|接近|超过|逾|不足|至少)(?:[\d,，.]+|[一二三四五六七八九十百千]{2,})(?:万|亿|千|百)?(?:余|多)(?!种|样|元化|年生|边|方|次)"
)
_MORE = Sought(
    r"(?<![\d,.一二三四五六七八九十百千两几])(?:[\d,.]{1,12}|[一二三四五六七八九十百千两几]{1,6})(?:万|亿|千|百|十)?(?:余|多)(?:万|亿)?"
    r"[\u4e00-\u9fff]{0,3}(?:左右|上下)"
)
_LEFT = Sought(r"(?:大约|约|近|将近|接近|超过|逾|不足|至少)(?:[\d,.]+)(?:万|亿)?(?:[\u4e00-\u9fff]{0,3})(?:左右|上下)")


_LESS = Sought(
    r"(?:减少|降低|下降|缩小|缩短|减小|下跌|减轻)(?:了|到|至)?(?:近|约|达)?(?:[\d.]{1,8}|[一二两三四五六七八九十百几]{1,3})多?倍(?![率数镜增频])"
)


def _about(text: str) -> Iterator[_Fault]:
    for pattern in (_ABOUT, _MORE, _LEFT):
        for found in pattern.finditer(text):
            yield found.start(), found.end(), None, f"概数重复：{quoted(found[0])}里表示约数的词只留一个", Severity.HINT
    for found in _LESS.finditer(text):
        yield found.start(), found.end(), None, f"减少不用倍数：{quoted(found[0])}应改为分数或百分数", Severity.HINT


_YEAR = Sought(r"[一二][〇零○ＯO0o九][〇零○ＯO0o一二三四五六七八九][〇零○ＯO0o一二三四五六七八九]年")
_DIGITS = Sought(
    r"(?<![\d〇○])\d+[一二三四五六七八九〇○]\d*(?=年|月|日|号)|(?<![一二三四五六七八九])[一二三四五六七八九]+\d+(?=年|月|日)",
    glimpse=r"\d[一二三四五六七八九〇○]|[一二三四五六七八九]\d",
)


def _mixed(text: str) -> Iterator[_Fault]:
    for found in _YEAR.finditer(text):
        right = re.sub("[零○ＯO0o]", "〇", found[0])
        if right != found[0]:
            plain = re.search("[零○]", found[0]) and not re.search("[ＯO0o]", found[0])
            severity = Severity.HINT if plain else Severity.ORDINARY
            yield found.start(), found.end(), right, f"年份写法不对：{quoted(found[0])}应为{quoted(right)}", severity
    for found in _DIGITS.finditer(text):
        yield found.start(), found.end(), None, f"汉字数字与阿拉伯数字混用：{quoted(found[0])}", Severity.HINT


_UNIT = Sought(
    r"\d(元|万元|亿元|公里|平方米|公斤|吨|亩|公顷|千米|个|人|户|件|项|次|年|月|日)\1(?![\u4e00-\u9fff]?[度份均度复终底内初前后来])"
)


def _units(text: str) -> Iterator[_Fault]:
    for found in _UNIT.finditer(text):
        start = found.start(1)
        if found[1] in ("年", "月", "日", "人", "次", "个", "户", "件") and re.match(
            "[年月日人次个户件]", text[found.end() : found.end() + 1]
        ):
            continue
        yield (
            start,
            found.end(),
            found[1],
            f"单位重复：{quoted(text[start : found.end()])}",
            Severity.ORDINARY if len(found[1]) > 1 or found[1] in "元吨亩" else Severity.HINT,
        )


def _numbering(text: str) -> Iterator[_Fault]:
    for gap in gaps(text):
        yield gap.start, gap.end, None, gap.message, Severity.ORDINARY if gap.sure else Severity.HINT
