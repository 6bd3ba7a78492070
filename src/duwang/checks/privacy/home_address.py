"""家庭住址泄露."""

from __future__ import annotations

import re
from collections.abc import Iterator

from duwang.checks.check import check
from duwang.checks.privacy.grids import cells_of, grids
from duwang.checks.privacy.report import Wording, report
from duwang.checks.privacy.spot import Spot, placed
from duwang.model.findings import Findings, Severity
from duwang.model.material import Document
from duwang.reading.normal import Normal, normal

_OWN = "家庭详?细?住址|家庭地址|家庭住所|现住址|现住地址|现居住地|现居住地址|居住地址|经常居住地|户籍地址|户籍所在地|户籍住址|户口所在地|家住|现住于?|住址|住于"
_SHARED = "住所地?|地址|联系地址|通讯地址|通信地址|邮寄地址|收件地址|收货地址|户籍地|籍贯|住"
_LABELLED = re.compile(
    rf"(?P<own>{_OWN})|(?<![\u4e00-\u9fff])(?P<shared>{_SHARED})(?=[：:])|(?<=[，,、；;])(?P<lives>住)(?=[\u4e00-\u9fff])"
)
_REGION = r"(?:[\u4e00-\u9fff]{2,8}?(?:省|自治区|特别行政区))?(?:[\u4e00-\u9fff]{2,10}?(?:市|自治州|地区|盟|州))?(?:[\u4e00-\u9fff]{1,10}?(?:自治县|县|区|市|旗))?"
_PLACE = r"[\u4e00-\u9fffA-Za-z0-9·（）()\-]{0,36}?"
_DETAIL = r"(?:[0-9A-Za-z一二三四五六七八九十百]{1,6}(?:-[0-9]{1,4})*(?:号楼?|栋|幢|座|单元|室|房|户|楼|弄))(?:[之\-]?[0-9A-Za-z一二三四五六七八九十]{1,5}(?:-[0-9]{1,4})*(?:号楼?|栋|幢|座|单元|室|房|户|楼|层))*(?:[0-9]{3,4}(?![0-9年月日.]))?"
_ADDRESS = re.compile(
    rf"[ \u3000：:为在于是]{{0,3}}(?P<address>(?P<region>{_REGION}){_PLACE}(?:路|街|道|巷|弄|胡同|村|社区|小区|花园|公寓|苑|园|庄|屯|里|坊|湾|寨|组|镇|乡|场|城|庭|府|营|堡|沟|坪|岭|台){_PLACE}{_DETAIL})"
)
_CELL = re.compile(
    rf"^[ \u3000]*(?P<region>{_REGION}){_PLACE}(?:路|街|道|巷|弄|胡同|村|社区|小区|花园|公寓|苑|园|庄|屯|里|组|镇|乡|城|府|寨){_PLACE}{_DETAIL}"
)
_NEEDED = ("住", "址", "籍", "户口")  # every label and every heading holds one of them
_COLUMN = re.compile(r"家庭住址|家庭地址|住址|户籍地址|户籍所在地|居住地|现住|家庭详细地址")
_SHARED_COLUMN = re.compile(r"^(?:详细)?(?:地址|住所|联系地址|通讯地址)$")
_PERSON = re.compile(
    r"[男女][，,、]|性别|身份证|公民身份|出生|汉族|[\u4e00-\u9fff]族[，,]|申请人|户主|村民|当事人|被处罚人|原告|被告|本人|学生|家长|患者|死者|留言人|投诉人|举报人|收件人"
)
_ORGAN = re.compile(
    r"公司|单位|企业|机构|中心|局|委员会|办公室|店|厂|所属|医院|学校|信用代码|法定代表人|经营场所|注册|营业执照|项目|采购|招标|办公|机关|协会|合作社|政府|法院|窗口|大厅"
)


@check("privacy/home-address", on=Document, title="泄露家庭住址", places=("site", "account", "text"))
def home_address(document: Document) -> Findings:
    """
    查什么：正文、表格、附件、图片文字中精确到门牌号的个人家庭住址。

    依据：《中华人民共和国个人信息保护法》第二十五条、第二十八条；政府网站和政务新媒体不得公开完整的家庭住址（各地检查情况通报）。

    会报：“家庭住址”“现住”“户籍所在地”等字样之后，或与姓名、性别、身份证写在一起的地址，写到号、栋、单元、室的；表格“家庭住址”栏下的
    这类地址，按行计数。

    不报：单位、企业、办事窗口的地址；只写到村、组、小区没有门牌号的；已遮挡的地址。

    怎么改：删除住址，或只保留到县（市、区）、乡镇。
    """
    yield from report(
        document,
        sorted(_found(document), key=lambda spot: spot.start),
        Wording(
            "公开了完整的家庭住址",
            severity=lambda spot: Severity.ORDINARY,
            certainty=lambda spot: 0.9 if spot.name else 0.8,
        ),
    )


def _found(document: Document) -> Iterator[Spot]:
    read = normal(document.body, join_lines=False)
    text = read.text
    if not any(word in text for word in _NEEDED):
        return
    taken = -1
    for label in _LABELLED.finditer(text):
        if label.start() < taken:
            continue
        found = _ADDRESS.match(text, label.end(), min(len(text), label.end() + 100))
        if found is None or "*" in found[0] or "\n" in found[0]:
            continue
        spot = placed(read, *found.span("address"), _masked(found["address"], found["region"]))
        if spot.table >= 0 and _COLUMN.search(spot.above):
            continue
        if label["own"] is None and not _is_person(spot):
            continue
        if label["own"] is not None and _ORGAN.search(spot.before[-14 - len(label[0]) :]):
            continue
        taken = found.end()
        yield spot
    yield from _in_columns(read)


def _in_columns(read: Normal) -> Iterator[Spot]:
    text = read.text
    for grid in grids(text):
        columns = [
            n
            for n, cell in enumerate(grid.heading)
            if _COLUMN.search(cell) or (_SHARED_COLUMN.match(cell) and _PERSON.search(" ".join(grid.heading)))
        ]
        if not columns or _ORGAN.search(" ".join(grid.heading)):
            continue
        for at in grid.rows[len(grid.heads) :]:
            line = text[at : text.find("\n", at) if text.find("\n", at) >= 0 else len(text)]
            cells = cells_of(line)
            for column in columns:
                place = column - max(0, len(grid.heading) - len(cells))
                if 0 <= place < len(cells) and "*" not in cells[place] and (found := _CELL.match(cells[place])):
                    start = line.find(cells[place]) + at
                    yield placed(read, start, start + found.end(), _masked(found[0], found["region"]))


def _is_person(spot: Spot) -> bool:
    words = f"{spot.heading} {spot.before}"
    return bool(_PERSON.search(words) or spot.name) and not _ORGAN.search(words)


def _masked(address: str, region: str) -> str:
    """Province, city and county stay."""
    return region + "*" * 6 if region and len(region) < len(address) else address[:2] + "*" * 6
