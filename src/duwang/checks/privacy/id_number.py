"""身份证号码泄露."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from importlib import resources

from duwang.checks.check import check
from duwang.checks.privacy.spot import Spot, report, spots
from duwang.model.findings import Findings, Severity
from duwang.model.material import Document

_SEPARATOR = "[ \u3000\\-–—·]"
_SPLIT = rf"[1-8](?:{_SEPARATOR}?[0-9]){{16}}{_SEPARATOR}?[0-9Xx](?!{_SEPARATOR}?[0-9A-Za-z*])"
_GROUPED = rf"[1-8][0-9]{{5}}{_SEPARATOR}[0-9]{{8}}{_SEPARATOR}[0-9]{{3}}[0-9Xx](?!{_SEPARATOR}?[0-9A-Za-z*])"
_NUMBER = re.compile(
    r"(?<![0-9A-Za-z/_=#*])(?=("
    r"[1-8][0-9]{16}[0-9Xx](?![0-9A-Za-z*])|[1-8][0-9]{14}(?![0-9A-Za-z*])"
    rf"|(?<![0-9]{_SEPARATOR}){_SPLIT}|(?<=[0-9][ \u3000]){_GROUPED}))"
)
_PROVINCES = frozenset(
    [
        "11",
        "12",
        "13",
        "14",
        "15",
        "21",
        "22",
        "23",
        "31",
        "32",
        "33",
        "34",
        "35",
        "36",
        "37",
        "41",
        "42",
        "43",
        "44",
        "45",
        "46",
        "50",
        "51",
        "52",
        "53",
        "54",
        "61",
        "62",
        "63",
        "64",
        "65",
        "71",
        "81",
        "82",
    ]
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_PERSONAL = re.compile(r"身份证|公民身份|证件号|证件编号|身份号|身份信息|(?<![A-Za-z])ID(?![A-Za-z])")
_OTHER = re.compile(
    r"信用代码|机构代码|索引号|信息编号|信件编?号|受理编?号|查询编?号|订单|流水|运单|快递|物流|备案|文号|条形?码|批号|合同|发票|项目编?号|"
    r"项目代码|采购编?号|招标编?号|许可证|登记证|登记号|产权|不动产|税号|识别号|识别码|标识码|统一编号|案号|银行|账号|帐号|卡号|交易号|"
    r"设备号|序列号|IMEI|工单|编码|编号|二维码|坐标|车架"
)


@check("privacy/id-number", on=Document, title="泄露身份证号码", places=("site", "account", "text"))
def id_number(document: Document, *, as_of: date) -> Findings:
    """
    查什么：正文、表格、附件中完整的公民身份号码（18位和旧15位）。

    依据：《中华人民共和国个人信息保护法》第二十五条、第二十八条、第二十九条；号码编排规则为国家标准GB 11643。

    会报：省份代码、出生日期、校验码都成立的号码，包括全角数字、用空格或短横线隔开的写法。区县代码不在现行代码表内的照样
    报，但把握度降低（旧代码每年都有撤销）。表格、附件按行计数。15位号码没有“身份证”等字样在旁时只作提示。

    不报：已用星号遮挡的号码；统一社会信用代码、索引号、信件编号、订单号等其他编号；夹在更长数字或字母串里的数字。

    怎么改：删除号码，或只保留前两位和后三位，其余用星号遮挡；附件要替换原文件，不能只撤链接。
    """
    found = list(spots(document, _NUMBER, lambda match: _accept(match, as_of)))
    personal_document = any(_PERSONAL.search(spot.before + spot.heading) for spot in found)
    kept = [spot for spot in found if _is_personal(spot)]
    yield from report(
        document,
        kept,
        message="公开了完整的身份证号码",
        severity=lambda spot: _severity(spot, personal_document),
        certainty=lambda spot: _certainty(spot, document.body, personal_document),
    )


def valid(number: str, as_of: date) -> bool:
    """Whether 18 or 15 characters are a possible ID number: province, birthday not after `as_of`, check character."""
    if number[:2] not in _PROVINCES:
        return False
    born = number[6:14] if len(number) == 18 else "19" + number[6:12]
    try:
        day = date(int(born[:4]), int(born[4:6]), int(born[6:]))
    except ValueError:
        return False
    if not day.year >= 1880 or day > as_of:
        return False
    return len(number) == 15 or check_character(number) == number[17].upper()


def check_character(number: str) -> str:
    """The 18th character that follows from the first 17 digits."""
    return "10X98765432"[sum(w * int(d) for w, d in zip(_WEIGHTS, number, strict=False)) % 11]


@lru_cache(maxsize=1)
def counties() -> frozenset[str]:
    """Six-digit codes of county-level units in force in mid-2023 (corpora/official/places.tsv, National Bureau of Statistics)."""
    text = (resources.files("duwang.checks.privacy") / "lexicons" / "counties.tsv").read_text(encoding="utf-8")
    return frozenset(line[:6] for line in text.splitlines()[1:])


def _accept(match: re.Match[str], as_of: date) -> str | None:
    number = _digits(match[1])
    return number[:2] + "*" * (len(number) - 5) + number[-3:] if valid(number, as_of) else None


def _digits(written: str) -> str:
    return re.sub(r"[^0-9Xx]", "", written)


def _is_personal(spot: Spot) -> bool:
    """False when the words nearest to the number name another kind of number."""
    near = spot.above or spot.before[-16:]
    if not near.strip() and spot.before == "":
        near = spot.line[-16:]
    own = [m.end() for m in _PERSONAL.finditer(near)]
    other = [m.end() for m in _OTHER.finditer(near)]
    return not other or (bool(own) and max(own) >= max(other))


def _severity(spot: Spot, personal_document: bool) -> Severity:
    named = personal_document or bool(_PERSONAL.search(spot.line + spot.heading))
    return Severity.SERIOUS if len(spot.masked) == 18 or named else Severity.HINT


def _certainty(spot: Spot, body: str, personal_document: bool) -> float:
    known = _digits(body[spot.start : spot.end].translate(_HALF))[:6] in counties()
    named = personal_document or bool(_PERSONAL.search(spot.line + spot.heading))
    return (0.99 if known else 0.9) if len(spot.masked) == 18 else (0.8 if known else 0.6) if named else 0.4


_HALF = {ord("０") + n: ord("0") + n for n in range(10)}
