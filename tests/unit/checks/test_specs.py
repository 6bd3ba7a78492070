"""Every check does what its spec says, word for word; every check has a spec and a docstring that an official can read."""

from __future__ import annotations

import pytest

from duwang.checks.check import all_checks
from duwang.model.findings import Status
from kit.specs import FOLDER, NEAR, differences, read_spec, run, specs

SPECS = tuple(specs())
CASES = [pytest.param(spec, case, id=f"{spec.check}:{case.title}") for spec in SPECS for case in spec.cases]
HEADINGS = ("查什么", "依据", "会报", "不报", "怎么改")


@pytest.mark.parametrize(("spec", "case"), CASES)
def test_case(spec, case):
    wrong = differences(case, run(all_checks()[spec.check], case))
    assert not wrong, f"{spec.path.relative_to(FOLDER)}第{case.line}行“{case.title}”：" + "；".join(wrong)


@pytest.mark.parametrize("check", sorted(all_checks()))
def test_every_check_has_a_spec_with_a_near_miss(check):
    path = FOLDER / f"{check}.md"
    assert path.is_file(), f"{check}没有说明文件 tests/specs/{check}.md"
    spec = read_spec(path)
    assert (spec.check, spec.title) == (check, all_checks()[check].title)
    assert any(case.status is Status.FOUND for case in spec.cases), "没有一个发现问题的例子"
    assert any(NEAR in case.title and case.status is not Status.FOUND for case in spec.cases), (
        "没有一个临界的、不报的例子"
    )


@pytest.mark.parametrize("check", sorted(all_checks()))
def test_every_check_explains_itself(check):
    doc = all_checks()[check].doc
    found = [doc.find(f"{heading}：") for heading in HEADINGS]
    assert -1 not in found and found == sorted(found), f"{check}的说明缺少或颠倒了{HEADINGS}"


def test_no_spec_is_about_nothing():
    assert {spec.check for spec in SPECS} <= set(all_checks())


def test_ids_are_paths():
    for check in all_checks().values():
        family, _, noun = check.id.partition("/")
        assert check.run.__module__ == f"duwang.checks.{family}.{noun.replace('-', '_')}"
