"""media/filing-missing: 新媒体未登记备案."""

from __future__ import annotations

from duwang.checks.check import check, finding
from duwang.model.findings import Findings, NotApplicable
from duwang.model.material import AccountView


@check("media/filing-missing", on=AccountView, title="新媒体未登记备案", places=("account",))
def filing_missing(
    account: AccountView, *, national: str = "全国政务新媒体信息报送系统", provincial: str = "省级政务新媒体管理平台"
) -> Findings:
    """
    查什么：账号有没有在全国系统、省级平台登记，有没有备案单号。

    依据：国办发〔2018〕123号：分级备案；各省管理办法。未备案是否作为不合格，由各地规定。

    会报：名录写明全国系统或省级平台没有登记的；没有备案单号的。

    不报：已注销的账号；名录没有填写登记情况、但有备案单号的。

    怎么改：向主管单位备案，并在报送系统中登记；未经批准开设的，注销。

    设置：national 全国系统的名称；provincial 省级平台的名称，如湖北省政务新媒体管理平台。
    """
    one = account.account
    if one.state == "已注销":
        raise NotApplicable("账号已注销")
    systems = ((national, one.registered), (provincial, one.registered_province))
    missing = [name for name, registered in systems if registered is False]
    if missing:
        told = f"未在{''.join(f'“{name}”' for name in missing)}登记备案"
    elif not one.filing_no:
        told = "没有备案单号"
    else:
        return
    yield finding(
        account,
        quote=one.name,
        context="",
        message=f"“{one.name}”（{one.platform}）{told}",
        facts={"missing": missing, "filing_no": one.filing_no},
    )
