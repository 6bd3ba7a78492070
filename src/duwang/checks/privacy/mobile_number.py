"""个人手机号码泄露."""

from __future__ import annotations

import re
from collections.abc import Iterator

from duwang.checks.check import check
from duwang.checks.privacy.chains import Written, written
from duwang.checks.privacy.official import is_official
from duwang.checks.privacy.report import Wording, report
from duwang.checks.privacy.spot import Spot, placed
from duwang.model.findings import Findings, Severity
from duwang.model.masking import keep_ends
from duwang.model.material import Document
from duwang.reading.normal import normal

_MOBILE = re.compile(r"1(?:3[0-9]|4[5-9]|5[0-35-9]|6[2567]|7[0-8]|8[0-9]|9[0-35-9])[0-9]{8}")
_USUAL = frozenset([(11,), (3, 4, 4), (3, 8)])
_SHAPES = frozenset([(3, 3, 5), (4, 3, 4), (4, 4, 3), (5, 6), (7, 4), (6, 5)])
_CODE = re.compile(r"[A-Za-z=&?/%_\-][0-9]+$")
_LABEL = re.compile(r"电话|手机|联系方式|号码|微信|(?<![A-Za-z])(?:Tel|TEL|tel|Mobile)")
_PRIVATE_TABLE = re.compile(r"姓名|身份证|户主|学生|申请人|家庭|金额")
_OTHER = re.compile(
    r"编号|编码|代码|订单|流水|单号|批号|索引|文号|备案|合同|发票|标识|许可|注册|QQ|账号|帐号|卡号|准考证|序列|条码|型号|坐标|版本|信用|档号|案号|邮编|ISBN|ISSN|工号|学号|户号|宗地"
)


@check("privacy/mobile-number", on=Document, title="泄露个人手机号码", places=("site", "account", "text"))
def mobile_number(document: Document) -> Findings:
    """
    查什么：正文、表格、附件、图片文字中完整的个人手机号码。

    依据：《中华人民共和国个人信息保护法》第二十五条；公开信息时对居民身份证、联系方式应予删除、遮挡或隐藏（随州市曾都区
    2023年第一季度检查情况通报）。

    会报：与申请人、户主、村民、学生、当事人等私人身份写在一起的手机号码，名单、花名册、补贴发放表中的手机号码，以及没有
    公务用途说明的手机号码；包括全角、带86和用空格或短横线隔开的写法。表格、清单按行计数。

    不报：监督、咨询、举报、值班、报名等公务电话；通知、公告里留下的公务联系人和联系电话；单位联系表、值班表、责任人
    名单等按职务公开的号码；固定电话、12345等热线；订单号、索引号等其他编号；已遮挡的号码。

    怎么改：删除号码，或遮挡中间四位（138****1234）；确需公开联系方式的，改用办公电话。
    """
    yield from report(
        document,
        [spot for spot in _found(document) if not is_official(spot, document)],
        Wording("公开了完整的个人手机号码", severity=lambda spot: Severity.ORDINARY, certainty=_certainty),
    )


def _found(document: Document) -> Iterator[Spot]:
    read = normal(document.body, join_lines=False)
    text = read.text
    for one in written(text, (11, 13), lambda digits: bool(_mobile(digits)), fits=lambda one: _fits(text, one)):
        spot = placed(read, one.start, one.end, keep_ends(_mobile(one.digits), 3, 4))
        if not _named_otherwise(spot):
            yield spot


def _mobile(digits: str) -> str:
    """The eleven digits, without the 86 in front of them; empty when they are no mobile number."""
    bare = digits[2:] if len(digits) == 13 and digits.startswith("86") else digits
    return bare if _MOBILE.fullmatch(bare) else ""


def _fits(text: str, one: Written) -> bool:
    head, after = text[max(0, one.start - 6) : one.start], text[one.end : one.end + 2]
    if re.match(r"[A-Za-z*@%_=]|[.．][0-9]", after) or re.search(r"[A-Za-z*_=#@&%]$|[0-9A-Za-z:/]/$|[0-9][.．]$", head):
        return bool(re.search(r"(?:[Tt][Ee][Ll]|[Mm]obile)[.:：]?$", head)) and not re.match(r"[A-Za-z*@%_=]", after)
    if one.is_tail or (
        one.before == "\n" and _CODE.search(text[text.rfind("\n", 0, one.start - 1) + 1 : one.start - 1])
    ):
        return False
    if not one.gaps:
        return True
    if one.over_cells or one.over_lines > 1:
        return one.singles and not one.over_lines
    shape = _shape(text[one.start : one.end])
    shape = shape[1:] if shape[0] == 2 else (shape[0] - 2, *shape[1:]) if sum(shape) == 13 else shape
    if one.singles or shape in _USUAL:
        return (
            one.singles
            or not (_further(one.before) or _further(one.after))
            or bool(_LABEL.search(text[max(0, one.start - 8) : one.start]))
        )
    return shape in _SHAPES and bool(_LABEL.search(text[max(0, one.start - 8) : one.start]))


def _further(gap: str) -> bool:
    """Whether further digits stand in the same cell or on the same line, as in a row of figures."""
    return bool(gap) and not any(edge in gap for edge in "\n\t|")


def _shape(number: str) -> tuple[int, ...]:
    return tuple(len(group) for group in re.findall("[0-9]+", number))


def _named_otherwise(spot: Spot) -> bool:
    """The words nearest to the number call it something else."""
    tail = re.split(r"[，,；;。、]|[0-9]{5,}", spot.label)[-1]
    other = [m.end() for m in _OTHER.finditer(tail)]
    return bool(other) and not any(m.end() >= max(other) - 2 for m in _LABEL.finditer(tail))


def _certainty(spot: Spot) -> float:
    return 0.95 if _PRIVATE_TABLE.search(spot.around) or spot.name else 0.8
