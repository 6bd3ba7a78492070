"""White list, rule records, office-holders and own word lists."""

from __future__ import annotations

from datetime import date

import pytest

from duwang.checks import precision, white_list
from duwang.flow.folder import FolderFault
from duwang.flow.text import check_text
from duwang.flow.wordlists import Wordlists
from duwang.judge.edition import load_edition
from duwang.model.findings import Draft, Severity
from duwang.model.material import Document

DAY = date(2024, 9, 30)


def found(body, lists):
    checked = check_text(
        Document("", body=body, medium="text"), edition=load_edition("national-2019"), as_of=DAY, lists=lists
    )
    return [(check, draft.quote) for check, draft in checked.found if check.startswith("text/")]


def test_white_list_holds_until_its_last_day_and_in_its_scope():
    listed = white_list.read_white_list(
        "词语\t检查项\t范围\t理由\t到期\t添加人\n毫州\ttext/typo\t\t古地名\t2024-09-30\t张\n布署\t\t5399210001\t书名\t\t李\n"
    )
    assert not listed.problems
    assert listed.allows("text/typo", "毫州", on=DAY)
    assert listed.allows("text/typo", "毫州", on=date(2024, 10, 1)) is None
    assert listed.allows("text/fixed-phrase", "毫州", on=DAY) is None
    assert listed.allows("text/typo", "布署", target="site/5399210001/page/abc", on=DAY)
    assert listed.allows("text/typo", "布署", target="site/5399210002/page/abc", on=DAY) is None
    assert listed.allows("privacy/id-number", "布署", target="site/5399210001", on=DAY) is None


def test_white_list_says_which_row_is_wrong():
    listed = white_list.read_white_list("词语\t理由\t到期\n布署\t\t\n毫州\t古地名\t九月\n")
    assert listed.problems == (
        "白名单.tsv第2行：词语、理由不能为空",
        "白名单.tsv第3行：到期“九月”应写成2024-12-31的样式",
    )


def test_a_folder_of_own_lists_is_honoured(tmp_path):
    (tmp_path / "白名单.tsv").write_text("词语\t理由\n毫州\t古地名\n", encoding="utf-8")
    (tmp_path / "领导名单.tsv").write_text("姓名\t职务\t顺序\n周启航\t县长\t2\n", encoding="utf-8")
    (tmp_path / "本县.tsv").write_text(
        "wrong\tright\tkind\tseverity\tsource\n土拨县\t土波县\t地名\t一般\t编者\n", encoding="utf-8"
    )
    body = "县长周启杭到土拨县和毫州考察。"
    assert ("text/typo", "毫州") in found(body, Wordlists())
    own = found(body, Wordlists(tmp_path))
    assert ("text/typo", "毫州") not in own
    assert {("text/leader-fault", "周启杭"), ("text/typo", "土拨县")} <= set(own)


def test_a_bad_own_list_is_one_clear_sentence(tmp_path):
    path = tmp_path / "本县.tsv"
    path.write_text("wrong\tright\tkind\tseverity\tsource\n土拨县\t土波县\t地名\t很严重\t编者\n", encoding="utf-8")
    with pytest.raises(FolderFault, match=r"本县\.tsv第2行：severity“很严重”应为严重、一般或提示"):
        found("土拨县", Wordlists(lexicons=(path,)))


def test_a_rule_below_its_floor_only_hints_and_says_why():
    draft = Draft(target="t", quote="x", message="有误")
    good = {"text/typo": precision.Record("text/typo", 19, 1)}
    few = {"text/typo": precision.Record("text/typo", 1, 9)}
    bad = {"text/typo": precision.Record("text/typo", 15, 5)}
    assert precision.gated("text/typo", draft, good) is draft
    assert precision.gated("text/typo", draft, few) is draft
    demoted = precision.gated("text/typo", draft, bad)
    assert demoted.severity is Severity.HINT
    assert demoted.message == "有误（该规则实测准确率0.75（15/20），低于下限，降为提示）"


def test_records_add_up_and_come_back():
    one = {"text/typo": precision.Record("text/typo", 3, 1, 0.9)}
    both = precision.merged(one, {"text/typo": precision.Record("text/typo", 2, 2)})
    assert (both["text/typo"].confirmed, both["text/typo"].false, both["text/typo"].floor) == (5, 3, 0.9)
    assert precision.read_records(precision.written(both)) == both
    with pytest.raises(ValueError, match="第2行"):
        precision.read_records("检查项\t确认\t误报\ntext/typo\t很多\t0\n")


def test_the_shipped_records_are_read():
    assert precision.shipped()["text/fixed-phrase"].precision > 0.9
