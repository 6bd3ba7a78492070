"""Every edition and local overlay does what its spec says, word for word; a new one without a spec is refused."""

from __future__ import annotations

import pytest
from edition_samples import verdict_of

from duwang.judge.edition import read, shipped
from kit.edition_specs import FOLDER, VERDICTS, changes_of, differences, edition_of, edition_specs, printed

SPECS = {spec.path.stem: spec for spec in edition_specs()}
EDITIONS, OVERLAYS = shipped("edition"), shipped("overlay")
SHIPPED = {**EDITIONS, **OVERLAYS}
CASES = [
    pytest.param(spec, section, id=f"{spec.name}:{section.title}")
    for spec in SPECS.values()
    for section in spec.sections
    if section.samples
]


@pytest.mark.parametrize(("spec", "section"), CASES)
def test_sample(spec, section):
    edition = edition_of(spec.name)
    wrong = [
        f"第{sample.line}行：{one}"
        for sample in section.samples
        for one in differences(sample.wanted, verdict_of(sample.given, edition))
    ]
    assert not wrong, f"{spec.path.relative_to(FOLDER)}“{section.title}”：\n" + "\n".join(wrong)


@pytest.mark.parametrize("name", sorted(SHIPPED))
def test_every_edition_and_overlay_has_its_spec(name):
    assert name in SPECS, f"{name}没有说明文件 tests/specs/editions/{name}.md"
    spec = SPECS[name]
    assert (spec.name, spec.title) == (name, read(SHIPPED[name])["title"])
    assert any(section.samples for section in spec.sections), "没有一个写明材料和结果的小节"


def test_no_spec_is_about_nothing():
    assert set(SPECS) <= set(SHIPPED)


@pytest.mark.parametrize("name", sorted(OVERLAYS))
def test_every_change_of_an_overlay_stands_in_its_spec(name):
    (listed,) = [section.lines["差别"] for section in SPECS[name].sections if "差别" in section.lines]
    assert listed == changes_of(name)


@pytest.mark.parametrize("name", sorted(SHIPPED))
def test_evidence_is_printed_and_what_is_unconfirmed_says_so(name):
    lines = [line for section in SPECS[name].sections for line in section.lines.get("证据", ())]
    assert lines and not set(lines) - printed(name)
    content = read(SHIPPED[name])
    assert set(content.get("unverified", ())) <= set(lines)
    if content.get("grade") == "C":
        assert name in EDITIONS or "依据等级：C 未核实" in lines
    for entry in (*content.get("indicator", ()), *content.get("change", ())):
        if entry.get("grade") == "C":
            assert any(line.startswith(f"| {entry['code']} ") and line.endswith("| C |") for line in lines), entry[
                "code"
            ]


def test_every_veto_of_the_national_edition_is_struck_and_spared_in_its_spec():
    struck, spared = set(), set()
    for section in SPECS["national-2019"].sections:
        for sample in section.samples:
            struck |= set(sample.wanted.get("命中") or {})
            spared |= set() if sample.wanted.get("命中") else set(sample.wanted.get("检查过") or ())
            spared |= set(sample.wanted.get("由人判断") or ()) | set(sample.wanted.get("没有检查") or ())
    vetoes = {one.code for one in edition_of("national-2019").indicators if one.effect == "veto"}
    assert vetoes - struck == set() and vetoes - spared == set()


def test_every_clause_of_the_national_edition_is_priced_in_its_spec():
    priced = set()
    for section in SPECS["national-2019"].sections:
        for sample in section.samples:
            priced |= {*(sample.wanted.get("扣分") or ()), *(sample.wanted.get("加分") or ())}
    whole = edition_of("national-2019").indicators
    assert {item.code for one in whole if one.effect in ("points", "bonus") for item in one.items} - priced == set()


def test_each_verdict_is_seen():
    seen = {sample.wanted["结论"] for spec in SPECS.values() for one in spec.sections for sample in one.samples}
    assert seen == set(VERDICTS)
