"""Editions are validated, hashed, locked and overlaid."""

from datetime import date

import pytest
from judging_kit import NATIONAL

from duwang.judge import lock
from duwang.judge.diff import diff
from duwang.judge.edition import content_hash, load_edition, shipped
from duwang.judge.judging import judge_supervisor
from duwang.judge.parsing import EditionError
from duwang.model.verdicts import Review

GOOD = """
name = "own"
title = "自定"
[[indicator]]
code = "X-1"
title = "首页不更新"
applies = "site"
check = "update/home-stale"
rule = "any"
effect = "veto"
grade = "C"
source = "本单位"
"""


def write(folder, text, name="own.toml"):
    path = folder / name
    path.write_text(text, "utf-8")
    return str(path)


def test_released_files_are_what_was_locked():
    assert lock.differences() == ()


def test_lock_names_what_changed(tmp_path, monkeypatch):
    monkeypatch.setattr(lock, "LOCK", tmp_path / "editions.lock")
    assert "national-2019：还没有锁定" in lock.differences()
    lock.write()
    assert lock.differences() == ()
    text = lock.LOCK.read_text("utf-8").replace(NATIONAL.hash, "0" * 64)
    lock.LOCK.write_text(text, "utf-8")
    assert lock.differences() == ("national-2019：内容与锁定时不同",)


def test_hash_ignores_layout_but_not_content():
    assert content_hash({"a": 1, "b": [1]}) == content_hash({"b": [1], "a": 1})
    assert content_hash({"a": 1}) != content_hash({"a": 2})


def test_every_shipped_file_loads():
    for name in shipped("edition"):
        assert load_edition(name).hash == lock.locked()[name]
    for name in shipped("overlay"):
        stamp = load_edition("national-2019", [name]).overlays[-1]
        assert (stamp.name, stamp.hash) == (name, lock.locked()[name])


def test_chinese_alias_means_the_same_overlay():
    assert load_edition("national-2019", ["青海"]) == load_edition("national-2019", ["qinghai"])
    assert load_edition("national-2019", ["青海"]).hash == NATIONAL.hash


def test_own_file_by_path(tmp_path):
    edition = load_edition(write(tmp_path, GOOD))
    assert (edition.name, edition.decimals, edition.min_seen) == ("own", 2, 0.9)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            'rule = "any"',
            """rule = "any"\nwhere = { facts = { kind = "['clause']" } }""",
            "where.facts.kind：条件“['clause']”写法不对",
        ),
        ('rule = "any"', 'rule = "some"', "own.toml：第1个指标（X-1）：rule：“some”不在any"),
        ('rule = "any"', 'rule = "count"', "at_least：没有填写"),
        ('code = "X-1"', "", "第1个指标（没有编号）：code：没有填写"),
        ('source = "本单位"', "", "source：没有填写"),
        ('grade = "C"', 'grade = "D"', "grade：“D”不在A、B、C之中"),
        ('check = "update/home-stale"', "", "check：没有填写"),
        ('check = "update/home-stale"', "check = 3", "check：应写成一个词或一列词"),
        ('title = "首页不更新"', 'titel = "首页不更新"', "titel：不认识这个键"),
        ('effect = "veto"', 'effect = "veto"\nat_least = -1', "at_least：应写成不小于0的数字"),
        ('effect = "veto"', 'effect = "veto"\nwhere = { facts = { missing = [] } }', "where.facts.missing：条件"),
        ('effect = "veto"', 'effect = "veto"\nwhere = { clas = ["其他"] }', "where.clas：不认识这个键"),
        ('title = "自定"', 'title = "自定"\nmin_seen = 90', "own.toml：min_seen：应在0到1之间"),
        ('title = "自定"', 'title = "自定"\nkind = "overlay"', "它是地方细则，请用--overlay"),
        ('title = "自定"', "", "own.toml：title：没有填写"),
        ("[[indicator]]", "[[indicators]]", "own.toml：indicators：不认识这个键"),
        ("[[indicator]]", "[[indicator", "own.toml：不是有效的TOML文件"),
    ],
)
def test_mistakes_name_file_entry_and_key(tmp_path, old, new, words):
    with pytest.raises(EditionError) as mistake:
        load_edition(write(tmp_path, GOOD.replace(old, new, 1)))
    assert words in str(mistake.value)


def test_two_indicators_of_one_code_are_refused(tmp_path):
    with pytest.raises(EditionError, match="有两个指标编号相同"):
        load_edition(write(tmp_path, GOOD + GOOD[GOOD.index("[[") :]))


def test_unknown_names_list_what_there_is():
    with pytest.raises(EditionError, match=r"没有名为“national-1999”的指标版本，现有：.*national-2019"):
        load_edition("national-1999")
    with pytest.raises(EditionError, match=r"没有名为“火星”的地方细则，现有：.*qinghai"):
        load_edition("national-2019", ["火星"])
    with pytest.raises(EditionError, match="找不到指标文件"):
        load_edition("/nowhere/own.toml")


def test_overlay_of_ones_own_adds_changes_and_sets(tmp_path):
    overlay = write(
        tmp_path,
        """
name = "local"
title = "本地"
kind = "overlay"
decimals = 1
[[change]]
code = "MV-2.1"
title = "7天不更新"
[[indicator]]
code = "L-1"
title = "未登记备案"
applies = "account"
check = "media/filing-missing"
rule = "any"
effect = "veto"
grade = "C"
source = "本地"
[checks."update/account-stale"]
limit = "7天"
""",
        "local.toml",
    )
    edition = load_edition("national-2019", [overlay])
    assert edition.indicator("MV-2.1").title == "7天不更新" and edition.indicator("MV-2.1").honours
    assert edition.indicator("L-1").effect == "veto" and edition.decimals == 1
    assert edition.settings["update/account-stale"]["limit"] == "7天"
    broken = write(tmp_path, 'name="l"\ntitle="l"\nkind="overlay"\n[[change]]\ncode="ZZ"\n', "broken.toml")
    with pytest.raises(EditionError, match=r"broken\.toml：第1处修改：code：所依据的指标版本中没有“ZZ”"):
        load_edition("national-2019", [broken])


def test_overlays_build_upon_each_other_once():
    names = [one.name for one in load_edition("national-2019", ["湖北", "襄阳", "曾都"]).overlays]
    assert names == ["hubei", "xiangyang", "zengdu"]


def test_overlays_may_drop_and_never_go_round(tmp_path):
    edition = load_edition("national-2019", ["国务院部门"])
    assert edition.indicator("D-2").cap == 4
    with pytest.raises(KeyError):
        edition.indicator("D-1")
    assert sum(one.cap for one in edition.of("site", "points")) == 100
    head = 'title = "甲"\nkind = "overlay"\n'
    one = write(tmp_path, f'name = "one"\n{head}includes = ["{tmp_path}/two.toml"]\n', "one.toml")
    write(tmp_path, f'name = "two"\n{head}includes = ["{tmp_path}/one.toml"]\n', "two.toml")
    with pytest.raises(EditionError, match="地方细则互相包含"):
        load_edition("national-2019", [one])


@pytest.mark.parametrize(("overlay", "limit"), [("甘肃", "7天"), ("福建", "10天"), ("河东", "10天")])
def test_local_update_limits_reach_the_check(overlay, limit):
    edition = load_edition("national-2019", [overlay])
    assert edition.settings["update/account-stale"]["limit"] == limit
    assert edition.indicator("MV-2.1").rule == "any" and edition.indicator("MV-2.1").honours


def test_diff_names_code_key_before_and_after():
    lines = [change.in_words() for change in diff(NATIONAL, load_edition("national-2019", ["青海"]))]
    assert "WV-4.2 栏目不更新：应更新但长期未更新的栏目：界限 10 → 5" in lines
    assert diff(NATIONAL, NATIONAL) == ()
    added = [change for change in diff(NATIONAL, load_edition("national-2019", ["杨陵"])) if not change.key]
    assert [change.in_words() for change in added] == [
        "YL-1 未转发中央重要部署：新增",
        "YL-2 未按要求注销账号：新增",
        "YL-3 重点领域栏目超过6个月未更新：新增",
    ]
    gone = [change.in_words() for change in diff(NATIONAL, load_edition("national-2019", ["国务院部门"]))]
    assert "D-1 概况信息：取消" in gone and "D-2 机构职能：上限分值 2 → 4" in gone


def test_supervision_says_what_is_not_confirmed():
    edition = load_edition("supervision-2019")
    assert edition.unverified and {one.applies for one in edition.indicators} == {"supervisor"}
    said = {"target": "org/某市", "by": "核", "at": "2025-01-10"}
    settings = {"target": "org/某市", "name": "某市政府办公室", "edition": edition, "as_of": date(2024, 12, 31)}
    unanswered = judge_supervisor(reviews=[], **settings)
    assert unanswered.verdict == "待核" and {"R-V1", "R-V2"} <= {one["indicator"] for one in unanswered.manual}
    no = [Review(indicator=code, answer="否", **said) for code in ("R-V1", "R-V2")]
    late = [Review(indicator="R-D1.1", answer="是", count=4, **said), Review(indicator="R-B4.1", answer="是", **said)]
    assessed = judge_supervisor(reviews=[*no, *late], **settings)
    assert (assessed.verdict, assessed.score) == ("合格", 93.0)
    assert judge_supervisor(reviews=[*no, Review(indicator="R-D1.1", answer="是", count=14, **said)], **settings).hits
    failed = judge_supervisor(reviews=[Review(indicator="R-V1", answer="是", **said)], **settings)
    assert failed.verdict == "不合格" and failed.score is None


def test_each_indicator_has_grade_and_source():
    for one in NATIONAL.indicators:
        assert one.grade in "ABC" and one.source and one.title
