"""个人手机号码泄露."""

from __future__ import annotations

import re

from duwang.checks.check import check
from duwang.checks.privacy.spot import Spot, report, spots
from duwang.model.findings import Findings, Severity
from duwang.model.material import Document

_NUMBER = re.compile(
    r"(?<![0-9A-Za-z/_=#*.\-])(?:\+?86[- ]?)?(?=(1[3-9][0-9][- ]?[0-9]{4}[- ]?[0-9]{4}(?![0-9A-Za-z*]|[-.][0-9]|@)))"
)
_OFFICIAL_LINE = re.compile(
    r"(?:咨询|监督|举报|投诉|服务|值班|办公|报名|客服|业务|受理|预约|求助|求援|救援|救助|抢修|报修|公开|招聘|联络|技术|政策|捐赠|募捐|订购|招商|应急|"
    r"单位|机构|官方|对外|中心|大厅|窗口|解答|答疑|协调|招标|采购|代理|缴费|反映|公示|责任|防汛|报警|维修|维权|工作|项目|网站)[^，。；\d]{0,6}"
    r"(?:电话|热线|手机|专线|号码|联系方式)|热线|值班|传真|联系人|联系电话?及邮箱|经办人|承办人|采购人|招标人|代理人|负责人|联络员|工作人员|监督员"
)
_OFFICIAL_COLUMN = re.compile(
    r"单位|部门|机构|职务|职责|河长|湖长|林长|路长|田长|责任人|负责人|值班|网格|联络员|经办人|联系人|科室|窗口|站点|门店|网点|企业|公司|学校|医院|监督|咨询|"
    r"律师|医生|医师|专家|干部|民警|村官|主任|书记"
)
_PRIVATE = re.compile(
    r"本人|申请人|户主|村民|居民|当事人|身份证|家住|住址|家庭|学生|家长|患者|死者|被执行人|被告|原告|信访人|来信人|来电人|网民|投诉人|举报人|报警人|"
    r"受助|救助对象|低保|特困|残疾人|贫困户|脱贫户|务工|承租人|购房人|业主|车主|获奖|中奖|考生|准考证|应聘|性别|年龄|出生|收款|补贴|发放|金额|银行卡|"
    r"密接|确诊|法定代理人|监护人|证人|被害人|受害人|反映人|诉求人|租户|农户|社员|组别|村组"
)


@check("privacy/mobile-number", on=Document, title="泄露个人手机号码", places=("site", "account", "text"))
def mobile_number(document: Document) -> Findings:
    """
    查什么：正文、表格、附件中完整的个人手机号码。

    依据：《中华人民共和国个人信息保护法》第二十五条；公开信息时对居民身份证、联系方式应予删除、遮挡或隐藏（随州市曾都区
    2023年第一季度检查情况通报）。

    会报：与申请人、户主、村民、学生、当事人等私人身份写在一起的手机号码，名单、花名册、补贴发放表中的手机号码，以及没有
    公务用途说明的手机号码；包括全角、带86和用空格或短横线隔开的写法。表格按行计数。

    不报：监督、咨询、举报、值班、报名等公务电话；公务联系人（如“联系人：……”）留下的手机号码；单位联系表、值班表、责任人
    名单等按职务公开的号码；固定电话、12345等热线；已遮挡的号码。

    怎么改：删除号码，或遮挡中间四位（138****1234）；确需公开联系方式的，改用办公电话。
    """
    found = [spot for spot in spots(document, _NUMBER, _mask) if not _official(spot)]
    yield from report(
        document,
        found,
        message="公开了完整的个人手机号码",
        severity=lambda spot: Severity.ORDINARY,
        certainty=lambda spot: 0.95 if _PRIVATE.search(spot.heading or spot.line) else 0.7,
    )


def _mask(match: re.Match[str]) -> str:
    number = re.sub(r"[^0-9]", "", match[1])
    return f"{number[:3]}****{number[7:]}"


def _official(spot: Spot) -> bool:
    """Whether the number was given to be called about official business."""
    if spot.table >= 0:
        if _PRIVATE.search(spot.heading):
            return False
        return bool(_OFFICIAL_COLUMN.search(spot.heading) or _OFFICIAL_LINE.search(spot.line))
    official = [m.end() for m in _OFFICIAL_LINE.finditer(spot.before)]
    private = [m.end() for m in _PRIVATE.finditer(spot.before)]
    if official:
        return not private or max(official) > max(private)
    return not private and bool(re.match(r"[ \u3000]*[（(](?:办公|工作|咨询|监督|值班)", spot.after))
