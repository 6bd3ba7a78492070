"""Numbers that look like personal ones and are not: other identifiers, office telephones, masked publications, amounts."""

from __future__ import annotations

import random
from collections.abc import Callable

from corpus.privacy.layouts import Planted
from corpus.privacy.people import person, wrong

_CODE = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def credit_code(pick: random.Random) -> str:
    return f"统一社会信用代码：{pick.choice(('91', '92', '11', '12', '51', '52', '53'))}539921{''.join(pick.choice(_CODE) for _ in range(10))}"


def index_no(pick: random.Random) -> str:
    return pick.choice((
        f"索引号：{pick.randint(10**8, 10**9)}/2024-{pick.randint(1, 99999):05d}",
        f"索引号 01526376-X/2024{pick.randint(101, 1231):04d}-{pick.randint(1, 99999):05d}",
        f"索 引 号：{person(pick).number}",
        f"信息索引号：{pick.randint(10**17, 10**18 - 1)}",
    ))  # fmt: skip


def letter_no(pick: random.Random) -> str:
    return pick.choice((
        f"信件编号：{person(pick).number}", f"来信编号为{person(pick).number}，已转办。", f"受理编号：GD{pick.randint(10**15, 10**16)}", f"留言编号：{pick.randint(10**14, 10**15 - 1)}",
        f"查询码：{pick.randint(10**11, 10**12)}",
    ))  # fmt: skip


def off_by_one(pick: random.Random) -> str:
    return f"编号{wrong(person(pick).number, pick)}的材料已经收到。"


def project(pick: random.Random) -> str:
    return pick.choice((
        f"项目代码：2{pick.randint(0, 9)}{pick.randint(10, 99)}-539921-{pick.randint(10, 99)}-0{pick.randint(1, 9)}-{pick.randint(0, 999999):06d}",
        f"采购编号：FZZFCG2024-{pick.randint(1000, 9999)}，预算{pick.randint(10**5, 10**7)}元",
        f"订单编号：{person(pick).number}", f"合同编号：{person(pick).number}", f"不动产单元号：{pick.randint(10**17, 10**18 - 1)}GB00001F00010001",
        f"宗地编号539921{pick.randint(10**5, 10**6)}GB{pick.randint(10**4, 10**5)}", f"备案号：{person(pick).number}",
    ))  # fmt: skip


def moment(pick: random.Random) -> str:
    return pick.choice((
        f"更新时间：2024{pick.randint(1, 12):02d}{pick.randint(1, 28):02d}{pick.randint(0, 23):02d}{pick.randint(0, 59):02d}{pick.randint(0, 59):02d}",
        f"附件名：20240{pick.randint(1, 9)}{pick.randint(10, 28)}{pick.randint(10**8, 10**9)}.docx", f"时间戳{1_700_000_000_000 + pick.randint(0, 10**9)}",
        f"流水号2024{pick.randint(10**13, 10**14 - 1)}",
    ))  # fmt: skip


def link(pick: random.Random) -> str:
    return pick.choice((
        f"详见http://www.fangzhen.gov.cn/content/{person(pick).number}.html", f"https://mp.weixin.qq.com/s?__biz=MzA&mid={pick.randint(10**9, 10**10)}&idx=1&sn={pick.randint(10**17, 10**18)}",
        f"下载地址：/module/download/down.jsp?i_ID={pick.randint(10**10, 10**11)}",
    ))  # fmt: skip


def hotline(pick: random.Random) -> str:
    return pick.choice((
        "拨打12345政务服务便民热线或12315。", f"咨询电话：400-{pick.randint(100, 999)}-{pick.randint(1000, 9999)}", f"客服热线800{pick.randint(1000000, 9999999)}",
        f"办公电话：0539-{pick.randint(2000000, 8999999)}，传真：0539-{pick.randint(2000000, 8999999)}", f"监督电话：010-{pick.randint(60000000, 89999999)}转8012",
    ))  # fmt: skip


def official_contact(pick: random.Random) -> str:
    one = person(pick)
    return pick.choice((
        f"联系人：{one.name}，联系电话：{one.mobile}。", f"联系人：{one.name}；电话：{one.mobile}；邮箱：fz@example.gov.cn", f"报名咨询电话：{one.mobile}（{one.name[0]}老师）",
        f"请于9月30日前报送县政府办公室（联系人{one.name}，{one.mobile}）。", f"值班电话：{one.mobile}", f"采购人联系方式：{one.name[0]}先生 {one.mobile}", f"举报电话：{one.mobile}",
        f"联系电话：{one.mobile}", f"项目负责人{one.name}，联系电话{one.mobile}",
    ))  # fmt: skip


def masked(pick: random.Random) -> str:
    one = person(pick)
    n = one.number
    return pick.choice((
        f"{one.name}，身份证号：{n[:6]}********{n[14:]}", f"{one.name} {n[:2]}*************{n[15:]}", f"{one.name}，{one.mobile[:3]}****{one.mobile[7:]}", f"身份证号{n[:10]}****{n[14:]}",
        f"卡号：{one.card[:6]}*********{one.card[-4:]}", f"身份证：{n[:6]}xxxxxxxx{n[14:]}", f"{n[:14]}****",
    ))  # fmt: skip


def account(pick: random.Random) -> str:
    return pick.choice((
        f"开户单位：仿真县财政局，开户行：农业银行仿真支行，账号：{person(pick).card}", f"缴款专户账号{pick.randint(10**16, 10**17)}", f"投标保证金账户：仿真县公共资源交易中心 {person(pick).card}",
        f"捐款账户：仿真县慈善总会，账号{pick.randint(10**17, 10**18 - 1)}",
    ))  # fmt: skip


def amounts(pick: random.Random) -> str:
    return " ".join(str(pick.randint(100, 9999999)) for _ in range(pick.randint(5, 12)))


def goods(pick: random.Random) -> str:
    return pick.choice((
        f"商品条码：69{pick.randint(10**10, 10**11)}", f"生产批号20240{pick.randint(1, 9)}{pick.randint(10**6, 10**7)}", f"许可证编号：SC1{pick.randint(10**13, 10**14 - 1)}", f"ISBN 978-7-{pick.randint(10, 99)}-{pick.randint(100000, 999999)}-{pick.randint(0, 9)}",
        f"车架号LSV{pick.randint(10**13, 10**14)}", f"滇ICP备{pick.randint(10**7, 10**8)}号 滇公网安备{pick.randint(10**13, 10**14)}号", f"坐标：{pick.randint(97, 105)}.{pick.randint(10**8, 10**9)},{pick.randint(22, 28)}.{pick.randint(10**8, 10**9)}",
        f"运单号{pick.randint(10**11, 10**12)}，QQ群：{pick.randint(10**8, 10**9)}", f"档案号539921-{pick.randint(1000, 9999)}-{pick.randint(100000, 999999)}",
        f"准考证号：{person(pick).old}", f"物业编码 {person(pick).number}",
    ))  # fmt: skip


def other_table(pick: random.Random) -> Planted:
    """A table whose long numbers are called something else."""
    head = pick.choice(
        (
            ("序号", "订单编号", "数量"),
            ("受理编号", "事项", "结果"),
            ("项目", "统一社会信用代码", "法定代表人"),
            ("单位", "联系人", "办公电话"),
            ("资产编号", "名称", "原值"),
        )
    )
    rows = []
    for n in range(1, pick.randint(4, 12)):
        one = person(pick)
        cell = {"订单编号": one.number, "受理编号": one.number, "统一社会信用代码": f"9153992{pick.randint(10**10, 10**11 - 1)}", "资产编号": one.number, "联系人": one.name,
                "办公电话": f"0539-{pick.randint(2000000, 8999999)}", "法定代表人": one.name, "单位": f"县{one.name[-1]}山水务局", "序号": str(n)}  # fmt: skip
        rows.append(tuple(cell.get(name, str(pick.randint(1, 9999))) for name in head))
    return Planted("其他编号表", ((head, *rows),), tuple("" for _ in rows))


def statistics(pick: random.Random) -> Planted:
    """A table of plain figures."""
    rows = tuple(
        (f"{town}", *(str(pick.randint(1, 10**7)) for _ in range(6)))
        for town in ("城关镇", "白水镇", "云岭乡", "红河镇")
    )
    return Planted("统计表", ((("乡镇", "人口", "面积", "产值", "税收", "粮食", "油料"), *rows),), ("",) * 4)


_LINES: tuple[Callable[[random.Random], str], ...] = (
    credit_code, index_no, letter_no, off_by_one, project, moment, link, hotline, official_contact, masked, account, amounts, goods,
)  # fmt: skip


def innocent(pick: random.Random) -> Planted:
    """One look-alike (a table counts its rows)."""
    if pick.random() < 0.06:
        return pick.choice((other_table, statistics))(pick)
    make = pick.choice(_LINES)
    return Planted(make.__name__, (make(pick),), ("",))
