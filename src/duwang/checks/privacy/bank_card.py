"""银行卡号泄露."""

from __future__ import annotations

import re
from collections.abc import Iterator

from duwang.checks.check import check
from duwang.checks.privacy.chains import Written, written
from duwang.checks.privacy.report import Wording, report
from duwang.checks.privacy.spot import Spot, placed
from duwang.model.findings import Findings, Severity
from duwang.model.identity import passes_luhn
from duwang.model.masking import keep_ends
from duwang.model.material import Document
from duwang.reading.normal import normal

_ISSUED = re.compile(r"(?:62|60|955|4|5[1-5]|68|69|90|35|37|88|94|84|87)[0-9]+")
_CARD = re.compile(
    r"银行卡|卡号|一卡通|一折通|存折|储蓄卡|借记卡|信用卡|社保卡|惠农卡|账号|帐号|账户|帐户|工行|农行|中行|建行|邮储|农商|信用社|农信|开户行|开户银行|收款"
)
_OFFICIAL = re.compile(
    r"单位|公司|对公|基本户|基本账户|一般户|专户|专用账户|保证金|财政|国库|税务|缴款|缴纳|捐[款赠]|募捐|慈善|红十字|汇款|投标|履约|押金|委员会|政府|学校|医院|协会|基金会|合作社|厂|"
    r"(?:局|厅|院|所|站|中心|办公室)(?=[，,；;。 \u3000：:）)\n]|$)"
)
_PERSONAL = re.compile(r"姓名|户主|身份证|申请人|持卡人|本人|农户|村民|学生|家庭|金额|补贴|补助|发放|受助|户名")
_OTHER = re.compile(
    r"订单|流水|单号|信用代码|索引|编号|编码|合同|发票|备案|许可|案号|档号|标识|批号|项目代码|资产|运单"
)
_SHAPES = re.compile(r"[0-9]{4}(?:[ \u3000\-][0-9]{4}){3}(?:[ \u3000\-][0-9]{1,3})?|[0-9]{6}[ \u3000\-][0-9]{10,13}")


@check("privacy/bank-card", on=Document, title="泄露个人银行卡号", places=("site", "account", "text"))
def bank_card(document: Document) -> Findings:
    """
    查什么：正文、表格、附件、图片文字中完整的个人银行卡号、存折账号。

    依据：《中华人民共和国个人信息保护法》第二十八条（金融账户属于敏感个人信息）、第二十九条。

    会报：写在“银行卡号”“账号”“一卡通”等字样之后或列在这类栏目下、发卡行开头和校验位都成立的16至19位号码，包括四位一组的写法。
    表格、清单按行计数。

    不报：单位的基本户、专户、保证金账户、捐款账户等对公账号；没有银行卡字样的长数字；校验位不成立的号码；订单号、流水号、统一社会信用代码；
    已遮挡的号码。

    怎么改：删除卡号，或只保留前六位和后四位，其余用星号遮挡；附件要替换原文件。
    """
    found = [spot for spot in _found(document) if _is_personal(spot)]
    yield from report(
        document,
        found,
        Wording(
            "公开了完整的个人银行卡号",
            severity=lambda spot: Severity.ORDINARY,
            certainty=lambda spot: 0.95 if spot.name or _PERSONAL.search(spot.around) else 0.75,
        ),
    )


def _found(document: Document) -> Iterator[Spot]:
    read = normal(document.body, join_lines=False)
    text = read.text
    for one in written(text, (16, 17, 18, 19), _is_card, fits=lambda one: _fits(text, one)):
        yield placed(read, one.start, one.end, keep_ends(one.digits, 6, 4))


def _is_card(digits: str) -> bool:
    return digits.isdigit() and bool(_ISSUED.fullmatch(digits)) and len(set(digits[6:])) > 2 and passes_luhn(digits)


def _fits(text: str, one: Written) -> bool:
    before, after = text[max(0, one.start - 2) : one.start], text[one.end : one.end + 2]
    if (
        one.is_tail
        or re.search(r"[A-Za-z*_=#@&%]$|[0-9A-Za-z:]/$|[0-9][.．]$", before)
        or re.match(r"[A-Za-z*@%_=]|[.．][0-9]", after)
    ):
        return False
    if one.gaps and one.after in one.gaps:
        return False
    return not one.gaps or bool(_SHAPES.fullmatch(text[one.start : one.end]))


def _is_personal(spot: Spot) -> bool:
    """A card word names the number, and neither its own words nor its row speak of an organisation's account."""
    named = spot.label if _CARD.search(spot.label) else spot.before
    cards = [m.end() for m in _CARD.finditer(named)]
    if not cards:
        return False
    others = [m.end() for m in _OTHER.finditer(named)]
    if others and max(others) > max(cards):
        return False
    if spot.table >= 0:
        return bool(_PERSONAL.search(spot.heading) or spot.name) and not _OFFICIAL.search(spot.above)
    if not spot.name and _OFFICIAL.search(spot.line[-80:]):
        return False
    return not _OFFICIAL.search(spot.before) and (bool(_PERSONAL.search(spot.line)) or bool(spot.name) or "卡" in named)
