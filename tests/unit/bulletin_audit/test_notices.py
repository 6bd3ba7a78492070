"""Whole notices: annexes, numbering, deadlines, personal data; the five real ones and what was planted in them."""

from datetime import date

import pytest

from duwang.bulletin.audit import audit
from duwang.flow.auditing import audit_document, audit_file
from duwang.model.material import Document, Table
from kit.shared import shared

NOTICE = """关于2024年第三季度政府网站与政务新媒体检查情况的通报

各乡镇人民政府，县直各部门：

现将检查情况通报如下。

一、总体情况

检查政府网站1个、政务新媒体43个（其中：微信公众号40个，微博3个），不合格政务新媒体3个，新媒体合格率93.02%。

二、存在问题

（一）更新不及时。何店镇、府河镇、县水利局等3家单位的账号2周未更新（详见附件1）。

（二）发布不规范。一是审核不严，二是排版混乱。

三、工作要求

请各单位于2024年10月30日前完成整改，整改情况于11月5日前报县政府办公室。

附件：1.检查发现的问题清单
2.整改情况反馈表

仿真县人民政府办公室
2024年10月16日

附件1

检查发现的问题清单

序号\t责任单位\t存在问题
1\t何店镇\t2周未更新
2\t府河镇\t2周未更新
3\t县水利局\t2周未更新

附件2

整改情况反馈表

序号\t问题\t整改情况
1\t\t
"""


def said(text, tables=()):
    return [
        (one["check"].removeprefix("bulletin/"), one["message"])
        for one in audit(text, tables=tables).record()["findings"]
    ]


def changed(old, new):
    assert NOTICE.count(old) >= 1
    return said(NOTICE.replace(old, new, 1))


def test_a_sound_notice_is_said_to_be_sound():
    record = audit(NOTICE).record()
    assert record["findings"] == []
    told = "；".join(record["confirmed"])
    for part in ("43个＝40＋3", "（43－3）÷43", "列出3个", "附件1、附件2", "题目与附件说明一致", "单位逐一对得上", "序号1至3连续", "标题序号连续", "在通报日期2024年10月16日之后", "先后相符"):  # fmt: skip
        assert part in told, part


@pytest.mark.parametrize(
    ("old", "new", "check", "told"),
    [
        ("二、存在问题", "四、存在问题", "numbering-gap", "“四、”之前没有“二、”“三、”"),
        ("（二）发布", "（三）发布", "numbering-gap", "“（三）”之前没有“（二）”"),
        ("（二）发布", "（一）发布", None, ""),
        ("10月30日前完成", "10月10日前完成", "deadline-order", "早于通报的日期2024年10月16日"),
        ("11月5日前报", "10月20日前报", "deadline-order", "早于完成整改的期限2024年10月30日"),
        ("10月30日前完成", "10月16日前完成", None, ""),
        ("2周未更新（", "未按期转载，应在9月10日前完成，实际于9月12日发布（", None, ""),
        ("（详见附件1）", "（详见附件3）", "annex-missing", "正文提到附件3，附件说明只列出附件1、附件2"),
        ("\n附件2\n\n整改情况反馈表\n\n序号\t问题\t整改情况\n1\t\t\n", "\n", "annex-missing", "文后没有这个附件"),
        ("2.整改情况反馈表\n", "", "annex-missing", "文后有附件2，附件说明没有列出"),
        ("3\t县水利局\t2周未更新\n", "", "figure-mismatch", "附件1有2行"),
        ("3\t县水利局", "3\t县水务局", "name-variant", "正文“县水利局”，附件1“县水务局”"),
        ("3\t县水利局", "4\t县水利局", "numbering-gap", "序号2之后是4"),
    ],
)
def test_one_thing_changed(old, new, check, told):
    found = changed(old, new)
    if check is None:
        assert found == []
    else:
        assert [one for one in found if one[0] == check and told in one[1]], found
        assert len(found) <= 2


def test_a_table_with_totals_and_rates():
    heading = ("单位", "检查数", "不合格数", "合格率")
    body = "附件：检查情况统计表\n\n附件\n检查情况统计表\n"
    rows = (heading, ("甲县", "48", "1", "97.92%"), ("乙县", "20", "1", "95.00%"), ("合计", "68", "2", "97.06%"))
    at = len(body)
    text = body + "\n".join("\t".join(row) for row in rows)
    assert said(text, (Table(rows, start=at),)) == []
    wrong = (heading, ("甲县", "48", "1", "97.92%"), ("乙县", "20", "1", "96.00%"), ("合计", "69", "2", "97.10%"))
    found = said(text, (Table(wrong, start=at),))
    assert sorted(told for _, told in found) == [
        "附件“乙县”合格率写96.00%，应为95.00%",
        "附件“检查数”一列合计写69，各行相加是68",
    ]


def test_wrapped_lines_of_a_pdf_are_read_as_sentences():
    lines = [
        "检查政府网站48个、政务新媒体180个，其中合格网站47个，不合格网",
        "站1个，网站合格率97.92%。政务新媒体合格率98.89%，不合格的政务",
        "新媒体2个。各单位要高度重视通报中的问题，认真做好整改，举一反",
        "三，发现问题立行立改，制定切实有效的工作措施，完善工作机制，杜",
        "绝个人隐私信息泄露、严重表述错误以及栏目不更新等问题反复发生，",
        "确保政府网站和政务新媒体安全、平稳、有序运行。各单位要加强对政",
        "务新媒体的日常监管，定期开展自检自查，对存在的问题及时进行整改",
        "到位，对无力维护、长期不更新信息的政务新媒体，及时予以注销。各",
        "单位要把整改情况书面报县政府办公室。",
    ]
    confirmed = audit("\n".join(lines)).record()["confirmed"]
    assert "网站合格率97.92%＝（48－1）÷48，核对无误" in confirmed
    assert "新媒体合格率98.89%＝（180－2）÷180，核对无误" in confirmed


def test_personal_data_in_the_notice_is_a_leak_but_the_contact_line_is_not():
    clean = Document(url="", body=NOTICE + "\n联系人：张三丰，联系电话：0000-3257066\n")
    assert audit_document(clean, as_of=date(2024, 12, 31))["findings"] == []
    body = NOTICE + "\n如申请人李四光（身份证号码539999199001010019）的信息未作处理。\n"
    record = audit_document(
        Document(url="", body=body.replace("539999199001010019", _number())), as_of=date(2024, 12, 31)
    )
    (found,) = [one for one in record["findings"] if one["check"] == "bulletin/leak"]
    assert "*" in found["quote"] and _number() not in str(record)
    assert not any("没有发现个人信息" in line for line in record["confirmed"])


def _number():
    """A valid ID number in an unassigned county of a real province."""
    body = "53999919900101001"
    weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    return body + "10X98765432"[sum(int(c) * w for c, w in zip(body, weights, strict=True)) % 11]


SEEDS = {
    "000_a13cf0c59652f532.txt": ["（48－1）÷48", "（180－2）÷180", "合格47个＋不合格1个＝48个", "网站问题1个与附件2的1行相符", "2个＋1个与附件3的3行相符", "2024年12月26日在通报日期"],
    "001_4be1892e5dc16e88.txt": ["4152条＝199＋1853＋2100", "43个＝38＋2＋2＋1"],
    "002_bcca70c282b37603.txt": ["106件＝26＋16＋23＋41", "49件＝3＋7＋6＋12＋21", "27条＝3＋1＋1＋7＋5＋3＋1＋1＋1＋1＋1＋1＋1"],
    "003_416666b29c2aee06.txt": ["13件＝7＋6", "列出23个", "23家（严重表述错误）与附件2相符", "5家（应更新未更新）与附件2相符", "5家与附件1的5行相符"],
    "004_b9aab92a365ff980.txt": ["（135－4）÷135", "（1163－26）÷1163"],
}  # fmt: skip


@pytest.mark.needs_shared
@pytest.mark.parametrize("name", SEEDS)
def test_the_five_real_notices(name):
    record = audit_file(shared(f"seeds/{name}"), as_of=date(2024, 12, 31))
    told = "；".join(record["confirmed"])
    for part in SEEDS[name]:
        assert part in told, part
    wanted = (
        [
            ("bulletin/numbering-gap", "序号“（三）”之前没有“（二）”"),
            ("bulletin/annex-missing", "正文提到附件3，附件说明只列出附件1"),
            ("bulletin/list-count", "写“等10个政府网站”，列出的只有9个"),
        ]
        if name.startswith("004")
        else []
    )
    assert [(one["check"], one["message"]) for one in record["findings"]] == wanted


@pytest.mark.needs_shared
def test_printed_rates_of_real_notices():
    """Facts of 27 real notices: the one rate that is marked as wrong is reported, no other."""
    import json

    for line in shared("real/bulletins.jsonl").read_text("utf-8").splitlines():
        fact = json.loads(line)
        record = audit(fact["excerpt"]).record()
        wrong = [
            key for key in ("site_rate_check", "account_rate_check") if fact.get(key, {}).get("verdict") == "MISMATCH"
        ]
        assert len(record["findings"]) == len(wrong), (fact["place"], fact["period"], record["findings"])
        assert {one["check"] for one in record["findings"]} <= {"bulletin/figure-mismatch"}


TABLE = """关于信息采用情况的通报

请各单位认真落实。

附件：信息采用情况统计表

附件

信息采用情况统计表

单位	报送	采用	采用率
甲县	3200	2560	80%
乙县	2800	2100	75%
丙县	3325	2660	{rate}
合计	9325	7320	78.5%
"""


def test_rates_of_a_table_follow_from_their_columns():
    right = audit(TABLE.format(rate="80%")).record()
    assert right["findings"] == [] and "附件“采用率”一列核对无误" in right["confirmed"]
    (wrong,) = audit(TABLE.format(rate="82%")).record()["findings"]
    assert wrong["message"] == "附件“丙县”采用率写82%，应为80%"


def test_an_annex_of_the_failed_has_as_many_rows_as_the_text_says():
    text = "检查网站12个。\n2个网站不合格。\n附件：不合格网站名单\n附件\n不合格网站名单\n序号\t网站\n1\t甲局网站\n"
    (found,) = audit(text).record()["findings"]
    assert found["message"] == "正文写不合格网站2个，附件有1行"
    assert audit(text + "2\t乙局网站\n").record()["findings"] == []
