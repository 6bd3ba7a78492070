"""身份证号码泄露."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from importlib import resources

from duwang.checks.check import check, finding
from duwang.checks.privacy.chains import Written, written
from duwang.checks.privacy.grids import grids
from duwang.checks.privacy.people import name_before
from duwang.checks.privacy.report import Wording, report
from duwang.checks.privacy.spot import Spot, placed
from duwang.checks.privacy.wrapped import wrapped
from duwang.model.findings import Draft, Findings, Severity
from duwang.model.identity import is_identity
from duwang.model.masking import keep_ends, mask_personal
from duwang.model.material import Document
from duwang.reading.normal import normal

_PERSONAL = re.compile(
    r"身份证|公民身份|身份号|身份识别|身份信息|证件号|证件编号|证件号码|证号码|驾驶证|残疾[人证]|学籍|社会?保[障险]号|社保号|医保号|个人编号|(?<![A-Za-z])(?:ID|SFZ)(?![A-Za-z])"
)
_OTHER = re.compile(
    r"信用代码|机构代码|索引号|信息编号|信件编?号|来信编?号|留言编?号|受理编?号|查询[编码]?[号码]|订单|流水|运单|快递|物流|备案|文号|字号|条形?码|批号|批次|经纬度|经度|纬度|合同|发票|票据|项目编?号|"
    r"项目代码|赋码|统一代码|采购编?号|招标编?号|标段|许可证?|登记证|登记号|注册号|产权|不动产|税号|识别号|识别码|标识码|统一编号|案号|银行|账号|帐号|账户|卡号|交易号|"
    r"设备|序列号|IMEI|工单|二维码|坐标|车架|发动机|工程编号|资产|档案号|档号|宗地|地块|图号|版本|时间戳|文档|文件|附件|编码|代码|编号|索引|流水号|缴款|缴费|户号|"
    r"准考证|学号|工号|证书编?号|合格证|批准文号|追溯码|溯源码|收文|发文|信访编?号|申请编?号|办件|业务号|单号"
)
_PREFIX = re.compile(r"(?:^|[^A-Za-z])(?:[Ii][Dd](?:[ ]?[Cc]ard|[ ]?[Nn][Oo])?|[Nn][Oo]|SFZ|sfz|[GLJ])[.:：]?$")
_NUMBERED = re.compile(r"(?:^|[\s，。；：、（(])[0-9]{1,4}[./]$|[0-9]{17}[0-9Xx][./]$")
_FRACTION = re.compile(r"[.．][0-9]")
_FILE = re.compile(r"[.．][A-Za-z]{2,4}")
_CALLED = re.compile(r"(?P<name>[\u4e00-\u9fff]{1,8})(?P<mark>[ \u3000]*(?:[：:]|为|是)?[ \u3000\[（(【]*)$")
_LATIN = re.compile(r"(?<![A-Za-z])(?P<name>[A-Za-z]{2,})[.:： ]*$")
_AFTER = re.compile(r"[ ]?[（(\[【](?P<name>[\u4e00-\u9fff]{2,8}(?:号|码))[）)\]】]")
_SHAPES = frozenset(
    [(6, 8, 4), (6, 4, 4, 4), (6, 4, 2, 2, 4), (3, 3, 4, 4, 4), (6, 4, 4, 3, 1), (6, 8, 3, 1), (6, 6, 3)]
)
_HOLED = re.compile(r"(?<![0-9A-Za-z*])[1-8][0-9]{5}[0-9*×xX]{11}[0-9Xx*](?![0-9A-Za-z*])")


@check("privacy/id-number", on=Document, title="泄露身份证号码", places=("site", "account", "text"))
def id_number(document: Document, *, as_of: date) -> Findings:
    """
    查什么：正文、表格、附件、图片文字中完整的公民身份号码（18位和旧15位），连同标题和附件名称。

    依据：《中华人民共和国个人信息保护法》第二十五条、第二十八条、第二十九条；号码编排规则为国家标准GB 11643。

    会报：省份代码、出生日期、校验码都成立的号码，包括全角数字、用空格或短横线隔开、在行末断开、分填在格子里的写法；残疾人证号、
    学籍号里包含的身份证号码。区县代码不在现行代码表内的照样报，但把握度降低（旧代码每年都有撤销）。表格、清单、附件按行计数。
    15位号码没有“身份证”等字样、只有姓名在旁时，以及只遮一两位、可以推算出来的，只作提示。

    不报：按规定公示、已用星号遮挡的号码；统一社会信用代码、索引号、信件编号、订单号、凭证号等写明是其他编号的；没有姓名和身份证字样的15位数字；夹在更长数字或字母串里的数字。

    怎么改：删除号码，或只保留前两位和后三位，其余用星号遮挡；附件要替换原文件，不能只撤链接。
    """
    found = list(_found(document, as_of))
    personal = any(_PERSONAL.search(spot.label + spot.heading) for spot in found) or bool(
        _PERSONAL.search(document.title)
    )
    yield from report(
        document,
        found,
        Wording(
            "公开了完整的身份证号码",
            severity=lambda spot: _severity(spot, personal=personal),
            certainty=lambda spot: _certainty(spot, document.body, personal=personal),
        ),
    )
    if not found:
        yield from _hardly_masked(document, as_of)
    yield from _in_names(document, as_of)


@lru_cache(maxsize=1)
def counties() -> frozenset[str]:
    """Six-digit codes of county-level units in force in mid-2023 (corpora/official/places.tsv, National Bureau of Statistics)."""
    text = (resources.files("duwang.checks.privacy") / "lexicons" / "counties.tsv").read_text(encoding="utf-8")
    return frozenset(line[:6] for line in text.splitlines()[1:])


def _found(document: Document, as_of: date) -> Iterator[Spot]:
    read = normal(document.body, join_lines=False)
    text = read.text
    free = 0
    numbers = [
        *written(text, (18, 15, 20), lambda digits: _is_id(digits, as_of), fits=lambda one: _fits(text, one)),
        *wrapped(text, lambda digits: len(digits) == 18 and is_identity(digits, as_of)),
    ]
    for one in sorted(numbers, key=lambda one: (one.start, one.end)):
        if one.start < free:
            continue
        whole = "".join(re.findall("[0-9Xx×]", text[one.start : one.end])).upper().replace("×", "X") == one.digits
        spot = placed(read, one.start, one.end, keep_ends(one.digits[:18], 2, 3), whole=whole)
        if _names_it(spot, one):
            free = one.end
            yield spot


def _is_id(digits: str, as_of: date) -> bool:
    """18 or 15 characters, or a disabled person's certificate: the identity number, kind and degree."""
    if len(digits) == 20:
        return is_identity(digits[:18], as_of) and digits[18] in "1234567" and digits[19] in "1234"
    return is_identity(digits, as_of)


def _fits(text: str, one: Written) -> bool:
    """Whether its edges are those of a number of its own and its gaps those of one number."""
    left = text.rfind("\n", 0, one.start) + 1
    head, after = text[max(left, one.start - 20) : one.start], text[one.end : one.end + 5]
    before, further = head[-1:], head[-2:-1]
    if re.match(r"[A-Za-z*%=]|_[A-Za-z0-9]", after) or _FRACTION.match(after):
        return False
    if before == "*" or (before and before in "_=#&%$@+-" and re.match(r"[A-Za-z0-9*?&]", further)):
        return False
    if re.match("[A-Za-z]", before) and not _PREFIX.search(head):
        return False
    if before in (".", "/") and not (
        _NUMBERED.search(head) or _PREFIX.search(head) or not re.match(r"[A-Za-z0-9:/._\-]", further)
    ):
        return False
    if _FILE.match(after) and not (_PERSONAL.search(head) or name_before(head)):
        return False
    if len(one.digits) == 15 and (one.is_tail or (one.gaps and not (len(one.gaps) <= 3 and _called(text, one)))):
        return False
    if (
        any("." in gap for gap in one.gaps)
        and tuple(map(len, re.findall("[0-9]+[Xx]?", text[one.start : one.end]))) not in _SHAPES
    ):
        return False
    if one.over_cells or one.over_lines > 3:
        return one.singles or _called(text, one)
    return True


def _called(text: str, one: Written) -> bool:
    """Whether the line, the line before or the head of the table speaks of identity numbers."""
    left = text.rfind("\n", 0, max(0, text.rfind("\n", 0, one.start))) + 1
    if len(one.gaps) > 8:
        return False
    tables = grids(text)
    at = bisect_right(tables, one.start, key=lambda grid: grid.start) - 1
    heads = (
        " ".join(cell for head in tables[at].heads for cell in head) if at >= 0 and one.start < tables[at].end else ""
    )
    return bool(_PERSONAL.search(heads) or _PERSONAL.search(text[left : one.start]))


def _names_it(spot: Spot, one: Written) -> bool:
    """Whether the words nearest to the number do not call it another kind of number. Numbers with hyphens to further digits, and 20
    digits, need the name of an identity number; 15 digits need it too, or a person beside them."""
    own = [m.end() for m in _PERSONAL.finditer(spot.label)]
    if one.is_tail or len(one.digits) == 20:
        return bool(own) or (len(one.digits) == 20 and "残疾" in spot.around)
    if spot.table < 0 and " " in spot.above and _PERSONAL.search(spot.above):
        return True
    if (behind := _AFTER.match(spot.after)) and not _PERSONAL.search(behind["name"]):
        return False
    label = next(
        (
            part
            for part in reversed(re.split(r"[，,；;。]|[0-9]{5,}", spot.label))
            if re.search("[\u4e00-\u9fffA-Za-z]", part)
        ),
        "",
    )
    other = [m.end() for m in _OTHER.finditer(label)]
    own = [m.end() for m in _PERSONAL.finditer(label)]
    if other:
        return bool(own) and (
            max(own) >= max(other) or not re.search(r"[ \u3000、及和：:]", label[max(own) : max(other)])
        )
    if own:
        return True
    if _is_called_otherwise(label):
        return False
    return len(one.digits) == 18 or bool(spot.name) or bool(_PERSONAL.search(spot.around))


def _is_called_otherwise(label: str) -> bool:
    """Some number or code that nobody listed: 监管码：, 凭证号 , SN: ."""
    if (latin := _LATIN.search(label)) and not _PREFIX.search(latin["name"]):
        return True
    called = _CALLED.search(label)
    if (
        called is None
        or not called["name"].endswith(("号", "码"))
        or called["name"] in ("号码", "证号", "号", "证号码", "证照号码", "证照号")
    ):
        return False
    name, marked = called["name"], bool(re.search("[：: \u3000]", called["mark"]))
    return (marked and len(name) >= (4 if name.endswith("号码") else 2)) or (
        len(name) <= 5 and not name.endswith("号码")
    )


def _severity(spot: Spot, *, personal: bool) -> Severity:
    return Severity.SERIOUS if len(spot.masked) == 18 or personal or _PERSONAL.search(spot.around) else Severity.HINT


def _certainty(spot: Spot, body: str, *, personal: bool) -> float:
    digits = re.sub("[^0-9]", "", normal(body[spot.start : spot.end]).text)
    known = digits[:6] in counties()
    if len(spot.masked) == 18:
        return 0.99 if known else 0.9
    return (0.8 if known else 0.6) if personal or _PERSONAL.search(spot.around) else 0.4


def _hardly_masked(document: Document, as_of: date) -> Iterator[Draft]:
    """Numbers with one or two characters hidden: they can be worked out."""
    read = normal(document.body, join_lines=False)
    if "*" not in read.text:
        return
    for found in _HOLED.finditer(read.text):
        if 1 <= found[0].count("*") <= 2 and any(is_identity(full, as_of) for full in _filled(found[0])):
            start, end = read.span(*found.span())
            yield finding(
                document, quote=keep_ends(found[0].replace("*", "0"), 2, 3), message="身份证号码遮挡过少，可以推算出完整号码",
                start=start, end=end, severity=Severity.HINT, certainty=0.6, context="",
            )  # fmt: skip


def _filled(holed: str) -> Iterator[str]:
    place = holed.find("*")
    if place < 0:
        yield holed
        return
    for digit in "0123456789X" if place == 17 else "0123456789":
        yield from _filled(holed[:place] + digit + holed[place + 1 :])


def _in_names(document: Document, as_of: date) -> Iterator[Draft]:
    """Numbers in the title, in the names of attachments and in the words for pictures."""
    for what, text in (
        ("标题", document.title),
        *(("附件名称", link.text) for link in document.attachments),
        *(("图片说明", image.alt) for image in document.images),
    ):
        read = normal(text, join_lines=False).text
        for one in written(read, (18,), lambda digits: is_identity(digits, as_of), fits=lambda one: _fits(read, one)):  # noqa: B023
            facts = {"place": what} | ({"page": document.page_url} if document.page_url else {})
            yield finding(
                document, quote=keep_ends(one.digits, 2, 3), message=f"{what}里有完整的身份证号码", severity=Severity.SERIOUS,
                certainty=0.95, facts=facts, context=mask_personal(what),
            )  # fmt: skip
