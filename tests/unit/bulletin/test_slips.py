"""整改通知: one slip for every unit with decided problems only, the answer form, the round-up by region."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

from docx import Document

from duwang.bulletin.gathering import gather
from duwang.bulletin.render.docx import render_docx
from duwang.bulletin.slips import COMMON, VETO, Item, Sender, file_names, items_of, round_up, slips
from duwang.bulletin.standing import Jury
from duwang.model.verdicts import Case, Decision, Review
from unit.bulletin.rounds import OVERDUE, findings, judged, registry, verdicts

SENDER = Sender("仿真县人民政府办公室", "2024年第三季度", date(2024, 9, 30), date(2024, 10, 18))


def items(*, reviews: tuple[Review, ...] = (), cases: tuple[Case, ...] = ()) -> tuple[Item, ...]:
    jury = Jury.of(verdicts(), reviews)
    gathered = gather(registry(), verdicts(), findings(), jury=jury, rounds={})
    return items_of(gathered, registry(), cases)


def case(fingerprint: str, state: str, **opened: Any) -> Case:
    event: Mapping[str, Any] = {"at": "2024-09-30", "event": "交办", **opened}
    return Case(f"ZG-{fingerprint}", fingerprint, "石桥乡", state, date(2024, 10, 18), (event,))


def test_a_slip_holds_decided_problems_only_vetoes_first() -> None:
    made = {item.text: item.kind for item in items() if item.org == "县教育局"}
    assert next(iter(made.values())) == VETO
    assert not any("疑似" in text for text in made), "没有复核的问题不发给单位"
    confirmed = items(reviews=(Review(Decision.CONFIRMED, fingerprint="f-wording"),))
    assert any("疑似" in item.text for item in confirmed)


def test_closed_cases_are_not_sent_again() -> None:
    assert any(item.numbers == () and "链接" in item.text for item in items())
    closed = items(cases=(case("f-link", "已整改"),))
    assert not any("链接" in item.text for item in closed)


def test_problems_that_others_found_are_in_the_slip_of_their_unit() -> None:
    other = case("x1", "待整改", why="市上检测反馈：错字1处", 来源="上级检测反馈", 网址="http://a.example/1")
    mine = [item for item in items(cases=(other,)) if item.kind == "上级检测反馈"]
    assert [(item.org, item.text, item.places) for item in mine] == [
        ("石桥乡", "市上检测反馈：错字1处", ("http://a.example/1",))
    ]


def test_one_slip_a_unit_with_deadline_place_to_answer_and_form() -> None:
    made = slips(items(), SENDER)
    assert set(made) == {"县教育局", "石桥乡"}
    slip = made["县教育局"]
    text = "\n".join(paragraph.text for paragraph in slip.opening)
    assert "于2024年10月18日前完成整改" in text and "加盖单位公章后报送仿真县人民政府办公室" in text
    listed, answer = slip.printed_annexes()
    assert slip.figures["问题数"].value == len(listed.rows) == len(answer.rows)
    assert answer.title == "县教育局整改反馈表" and "填报单位（盖章）" in answer.note
    document = Document(BytesIO(render_docx(slip)))
    assert [len(table.rows) - 1 for table in document.tables] == [len(listed.rows)] * 2


def test_the_round_up_counts_regions_and_adds_up() -> None:
    made = round_up(items(cases=(case("f-link", "未整改"),)), SENDER)
    overview, *sheets = made.printed_annexes()
    total = overview.rows[-1]
    at = overview.at("问题数")
    assert total[overview.at("地区")] == "合计"
    assert int(total[at]) == sum(int(row[at]) for row in overview.rows[:-1]) == sum(len(sheet.rows) for sheet in sheets)
    states = range(overview.at("待整改"), len(overview.columns))
    assert all(sum(int(row[n]) for n in states) == int(row[at]) for row in overview.rows)
    assert total[overview.at("未整改")] == "1"
    assert {sheet.title for sheet in sheets} == {"城关片区问题整改情况表", "石桥乡问题整改情况表"}


def test_equal_problems_on_many_pages_are_one_line() -> None:
    many = tuple(replace(OVERDUE, fingerprint=f"f{n}", url=f"http://a.example/{n}") for n in range(9))
    gathered = gather(registry(), verdicts(), many, jury=Jury.of(verdicts(), ()), rounds={})
    (item,) = items_of(gathered, registry(), ())
    assert item.count == 9 and item.kind == COMMON
    row = slips((item,), SENDER)[item.org].annex("问题清单").rows[0]
    assert row[3].splitlines()[-1] == "等9个页面" and row[2].endswith("（共9处）")


def test_file_names_are_safe_and_never_twice_the_same() -> None:
    names = dict(file_names(["甲/乙", "甲_乙", "汇总表", "  ."]))
    assert names == {
        "甲/乙": "甲_乙.docx",
        "甲_乙": "甲_乙(2).docx",
        "汇总表": "汇总表(2).docx",
        "  .": "未填单位.docx",
    }


def test_slips_use_the_whole_path_from_judged_material() -> None:
    from duwang.flow.slips import slip_documents

    made = dict(slip_documents(judged(), ()))
    assert list(made) == ["整改通知/县教育局.docx", "整改通知/石桥乡.docx", "整改通知/汇总表.docx"]
    assert all(make()[:2] == b"PK" for make in made.values())
