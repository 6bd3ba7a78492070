"""Numbers that are given so that people call about official business are no leak (公务联系方式)."""

from __future__ import annotations

import re

from duwang.checks.privacy.spot import Spot
from duwang.model.material import Document

_LINE = re.compile(
    r"(?:咨询|监督|(?:举报|投诉)(?!人)|服务|值班|办公|报名|客服|业务|受理|预约|求助|求援|救援|救助|抢修|报修|公开|招聘|联络|技术|政策|捐赠|募捐|订购|招商|应急|"
    r"单位|机构|官方|对外|中心|大厅|窗口|解答|答疑|协调|招标|采购|代理|缴费|反映|公示|责任|防汛|报警|维修|维权|工作|项目|网站|活动|会务|报送|报价|投标|订餐|接待)"
    r"[^，。；\d]{0,6}(?:电话|热线|手机|专线|号码|联系方式|微信)|热线|值班|传真|联系人|联系方式[：:]|经办人|承办人|采购人|招标人|代理机构|负责人|联络员|工作人员|监督员|"
    r"联系电话|联系手机|咨询|致电|拨打|拨号|来电|垂询|请与|(?:^|[ \u3000（(，,；;])(?:电话|手机|联系方式|手机号码?|Tel|TEL)[：: ]"
)
_STRONG_LINE = re.compile(
    r"(?:咨询|监督|(?:举报|投诉)(?!人)|值班|办公|报名|客服|受理|预约|救援|抢修|报修|应急|中心|窗口|招标|采购|防汛|会务|报送|工作|项目|单位)[^，。；\d]{0,6}(?:电话|热线|手机|专线|联系方式)|"
    r"热线|值班|采购人|招标人|经办人|承办人|联络员|工作人员|监督员|代理机构|项目负责人|项目联系人|(?:局|委|办|中心|科|处|所|站|队|委员会|办公室|公司|镇|乡|街道|村委会?|居委会|社区|医院|学校|大学|法院)联系人"
)
_COLUMN = re.compile(
    r"单位|部门|机构|职务|职责|职称|岗位|河长|湖长|林长|路长|田长|链长|责任人|负责人|值班|网格|联络员|经办人|联系人|科室|窗口|站点|门店|网点|企业|公司|学校|医院|监督|咨询|"
    r"律师|医生|医师|专家|干部|民警|村官|主任|书记|镇长|局长|帮扶人|驻村|工作队|党员|委员|代表|公证员|导游|志愿|法人|经销商|合作社|机手|项目|采购|供应商|投标"
)
_PRIVATE = re.compile(
    r"本人|申请人|户主|村民|居民(?!委员会)|当事人|身份证|家住|住址|家庭|学生|家长|患者|死者|被执行人|被告|原告|信访人|来信人|来电人|网民|投诉人|举报人|报警人|"
    r"受助|救助对象|低保|特困|残疾人(?!联合会)|贫困户|脱贫户|务工|承租人|购房人|业主(?!单位|委员会)|车主|获奖|中奖|考生|准考证|应聘|性别|年龄|出生|收款|补贴|发放|金额|银行卡|"
    r"密接|确诊|承包人|承租人|法定代理人|监护人|证人|被害人|受害人|反映人|诉求人|租户|农户|社员|组别|村组|银行账号|开户行|被处罚人|受灾户|优抚对象|退役军人姓名|留言人|来访人|群众姓名"
)
_POST = re.compile(r"职务|职称|岗位|职责|任职|单位|部门|科室")
_WEAK = re.compile(r"性别|年龄|出生(?:年月|日期)?")
_ROSTER = re.compile(
    r"通讯录|联系表|联系方式|值班|责任人|负责人|河长|林长|联络员|网格员?|一览表|服务电话|办事指南|咨询|招聘|采购|招标|询价|比选|竞价|报价|通知|公告|联系人"
)
_LIST = re.compile(r"名单|花名册|公示|补贴|发放|补助|救助|低保|录取|登记表|信息表|明细|统计表|申请表|人员信息")
_ORGAN = re.compile(
    r"(?:局|委|办|厅|科|处|所|站|队|院|校|中心|公司|银行|支行|镇|乡|街道|村委会?|居委会|社区|协会|法院|检察院|派出所|合作社|书记|主任|局长|镇长|乡长|科长|所长|站长|队长|经理|总监|"
    r"工程师|律师|医生|主任科员|干事|先生|女士|老师|同志|工)(?![\u4e00-\u9fff]{3,})"
)


def is_official(spot: Spot, document: Document) -> bool:
    """Whether the number was given to be called about official business."""
    if spot.table >= 0:
        return _in_table(spot, document)
    before = spot.before
    official = [m.end() for m in _LINE.finditer(before)]
    private = [m.end() for m in _PRIVATE.finditer(before)]
    if _STRONG_LINE.search(before) and (not private or _last(_STRONG_LINE, before) > max(private)):
        return True
    if private:
        return (
            "联系人" in before
            and before.rfind("联系人") > max(private)
            and not _PRIVATE.search(before[before.rfind("联系人") :])
        )
    if re.match(r"[ \u3000]*[（(](?:办公|工作|咨询|监督|值班|微信同号|同微信)", spot.after):
        return True
    if official:
        return not _is_register(spot, document)
    if _LIST.search(document.title):
        return False
    return bool(
        _ORGAN.search(spot.line[: spot.line.find(spot.masked[:3])] if spot.masked[:3] in spot.line else before)
    ) or bool(_ROSTER.search(document.title))


def _last(pattern: re.Pattern[str], text: str) -> int:
    return max((m.end() for m in pattern.finditer(text)), default=-1)


def _is_register(spot: Spot, document: Document) -> bool:
    """A line of a form filled in by a private person: 姓名、性别、住址 stand in the same line, or the title speaks of a list."""
    return bool(_PRIVATE.search(spot.line)) or (bool(_LIST.search(document.title)) and "姓名" in spot.line)


def _in_table(spot: Spot, document: Document) -> bool:
    head = f"{spot.heading} {spot.label}"
    if _PRIVATE.search(head) and not (_POST.search(head) and not _PRIVATE.search(_WEAK.sub("", head))):
        return False
    if _COLUMN.search(head) or _LINE.search(spot.before):
        return True
    if _PRIVATE.search(spot.line) or _LIST.search(document.title):
        return False
    return bool(
        _COLUMN.search(spot.line)
        or _LINE.search(spot.line)
        or _ORGAN.search(spot.line)
        or _ROSTER.search(document.title)
    )
