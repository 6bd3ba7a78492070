"""Numbers of the text against annexes that list everything, parts with a third kind, numbers said twice."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from duwang.cli import main
from duwang.flow.auditing import audit_file, audit_text

NOTICE = """关于检查情况的通报
一、总体情况
（一）政府网站。检查政府网站4个，合格2个，不合格1个，待核1个，合格率待复核后确定。存在问题的网站2个。
（二）文字问题。有22个政府网站和21个政务新媒体存在文字语句表述错误。
（三）上期问题整改。上期通报的34处问题中，已整改14处，未整改12处，改后又犯1处，不能判断是否整改7处。
（四）来信办理。共受理来信13件，回复13件，办结率100%。
二、存在的问题
（一）信息更新不及时。2家单位存在此类问题，共9处。
（二）文字表述。三季度，有22个政府网站、21个政务新媒体存在文字表述错误问题。
附件：1.政府网站检查情况表
2.存在问题清单
仿真县人民政府办公室
2024年10月8日
附件1
政府网站检查情况表
序号|名称|检查结果|存在的问题
1|甲网站|合格|—
2|乙网站|合格|信息更新不及时8处
3|丙网站|不合格|空白栏目数量超过（含）5个
4|丁网站|待核|—
附件2
存在问题清单
序号|责任单位|问题类型|存在的问题|处数
1|甲局|信息更新不及时|“动态”栏目超过14天未更新等4处|4
2||信息更新不及时|“公告”栏目超过6个月未更新等4处|4
3|乙局|信息更新不及时|“政策”栏目超过6个月未更新|1
"""


def told(text: str) -> list[str]:
    return [one["message"] for one in audit_text(text)["findings"]]


def test_what_agrees_is_confirmed_and_nothing_is_wrong() -> None:
    record = audit_text(NOTICE)
    assert record["findings"] == []
    assert {"网站检查4个与附件1的行数相符", "网站待核1个与附件1的行数相符", "网站存在问题2个与附件1的行数相符",
            "2家单位与附件2相符", "9处与附件2相符"} <= set(record["confirmed"])  # fmt: skip


@pytest.mark.parametrize(
    ("was", "now", "message"),
    [
        ("检查政府网站4个", "检查政府网站5个", "合格2个＋不合格1个＋待核1个＝4个，与检查的5个对不上"),
        ("待核1个", "待核2个", "正文写待核网站2个，附件1有1行"),
        ("存在问题的网站2个", "存在问题的网站3个", "正文写存在问题网站3个，附件1有2行"),
        ("2家单位存在此类", "3家单位存在此类", "正文写3家单位，附件2里这一类是2家单位"),
        ("共9处", "共10处", "正文写10处，附件2里这一类是9处"),
        ("等4处|4\n2", "等5处|4\n2", "附件2第1行写“等5处”，“处数”是4"),
        ("未整改12处", "未整改13处", "各部分相加是35处，与总数34处对不上"),
        ("回复13件", "回复14件", "回复14件，多于受理来信的13件"),
        ("、21个政务新媒体存在文字", "、22个政务新媒体存在文字", "前面写21个，这里写22个"),
        ("4|丁网站|待核|—\n", "", "附件1有0行"),
        ("二、存在的问题\n", "三、存在的问题\n", "之前没有“二、”"),
    ],
)
def test_one_number_changed(was: str, now: str, message: str) -> None:
    assert was in NOTICE
    assert any(message in line for line in told(NOTICE.replace(was, now))), told(NOTICE.replace(was, now))


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("、21个政务新媒体存在文字", "、35个政务新媒体存在文字"),
        ("存在文字表述错误问题", "存在栏目更新不及时问题"),
        ("2024年10月8日\n", "— 1 —\n2024年10月8日\n"),
        ("一、总体情况", "## 一、总体情况"),
    ],
)
def test_other_things_are_left_alone(was: str, now: str) -> None:
    assert told(NOTICE.replace(was, now)) == []


@pytest.mark.parametrize(("names", "wrong"), [(("甲号", "甲号", "乙号"), False), (("甲号", "丙号", "乙号"), True)])
def test_one_object_on_two_rows_is_one(names: tuple[str, ...], wrong: bool) -> None:
    rows = "\n".join(f"{n}|{name}|文字表述错误{n}" for n, name in enumerate(names, 1))
    text = f"关于检查情况的通报\n有2个政务新媒体存在表述错误问题（附件1）。\n附件：1.文字问题\n2024年10月8日\n附件1\n文字问题\n序号|名称|问题\n{rows}\n"
    assert any("附件1有3行" in line for line in told(text)) is wrong


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-be"])
def test_a_text_in_any_charset_of_an_office_is_read(tmp_path: Path, charset: str) -> None:
    mark = b"\xfe\xff" if charset == "utf-16-be" else b""
    (tmp_path / "通报.txt").write_bytes(mark + NOTICE.replace("共9处", "共10处").encode(charset))
    (found,) = audit_file(tmp_path / "通报.txt")["findings"]
    assert found["message"] == "正文写10处，附件2里这一类是9处"


def test_a_file_that_cannot_be_read_among_others_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(NOTICE, "utf-8")
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.7 broken")
    done = CliRunner().invoke(main, ["audit-bulletin", str(tmp_path)])
    assert done.exit_code == 0 and "a.txt：0处对不上" in done.output
    assert "b.pdf：没有核对。" in done.output
