"""No number leaves in full: whatever the text, nothing in a finding's record gives back an ID, mobile or card number."""

from __future__ import annotations

import json
import random
import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.privacy.layouts import layout, written
from corpus.privacy.people import Person, person
from duwang.checks.check import all_checks
from duwang.flow.assembling import Assembler, Sighting
from duwang.flow.looking import look_once
from duwang.flow.ownership import Ownership
from duwang.flow.records import plain
from duwang.model.masking import mask_address, mask_personal
from duwang.model.material import Document, Image, Link
from duwang.model.refs import page_ref, site_ref
from duwang.model.registry import Registry
from duwang.reading.normal import normal

AS_OF = date(2024, 9, 30)
OWNER = site_ref("5399210001")


def digits_of(record: str) -> str:
    """The record's text with everything but digits, stars and letters taken out between digits, hashes left out."""
    return re.sub(
        r"[ \u3000\t\n|\\/\-·•_.]",
        "",
        re.sub(r'"(?:fingerprint|question|target|url|page)": "[^"]*"|[0-9a-f]{16,64}', "", normal(record).text),
    )


def records(document: Document) -> list[str]:
    assembler = Assembler(Ownership.of(Registry()), AS_OF, {})
    for check in all_checks().values():
        if check.on is Document and check.family in ("privacy", "text", "document"):
            look = look_once(check, document, settings={}, as_of=AS_OF)
            assert not look.unknown.startswith("检查项出错"), look.unknown
            assembler.add(check, OWNER, [Sighting(draft) for draft in look.drafts])
    return [json.dumps(plain(one), ensure_ascii=False) for one in assembler.sorted_findings()]


def document_of(text: str, one: Person, medium: str) -> Document:
    url = "http://www.fangzhen.gov.cn/content/1.html"
    file = Link(
        f"http://www.fangzhen.gov.cn/files/{one.name}{one.number}.pdf", f"{one.name}{one.number}.pdf", "attachment"
    )
    return Document(
        url, text, "article", f"关于{one.name}（{one.number}，{one.mobile}）的公示", medium, OWNER, page_ref(OWNER, url),
        attachments=(file,), images=(Image("http://www.fangzhen.gov.cn/1.jpg", one.number),), page_url=file.url,
    )  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**9), st.sampled_from(["page", "attachment", "text"]))
def test_no_record_gives_back_a_number(seed: int, medium: str) -> None:
    pick = random.Random(seed)
    one = person(pick)
    planted = [layout(pick) for _ in range(4)]
    pieces = [
        piece if isinstance(piece, str) else "\n".join("\t".join(row) for row in piece)
        for each in planted
        for piece in each.pieces
    ]
    pieces.append(
        f"申请人{one.name}，银行卡号{one.card}，手机{one.mobile[:3]} {one.mobile[3:7]} {one.mobile[7:]}，，身份证{written(one.number, pick)}住仿真县城关镇解放路12号。。"
    )
    secrets = {one.number, one.mobile, one.card, *(number for each in planted for number in each.numbers)}
    found = records(document_of("\n".join(pieces), one, medium))
    assert any("privacy/id-number" in record for record in found)
    for record in found:
        bare = digits_of(record)
        assert not [secret for secret in secrets if secret in bare or secret.lower() in bare], record
        assert "privacy/" not in record or "解放路12号" not in record
        for url in re.findall(r'"(?:url|page)": "([^"]*)"', record):
            assert one.number not in url, record


@pytest.mark.parametrize("way", range(12))
def test_masking_keeps_the_length_and_hides_every_way_of_writing(way: int) -> None:
    pick = random.Random(way)
    one = person(pick)
    text = f"甲{written(one.number, pick)}乙{one.mobile}丙{one.card}丁"
    masked = mask_personal(text)
    assert len(masked) == len(text)
    bare = digits_of(masked)
    assert one.number not in bare and one.mobile not in bare and one.card not in bare


def test_masked_forms_are_those_of_the_office() -> None:
    assert mask_personal("539921199003070076，13812341234") == "53*************076，138****1234"
    assert mask_personal("359921790307012") == "35**********012"


def test_other_numbers_and_addresses_stay() -> None:
    assert (
        mask_personal("仿政办发〔2024〕7号，2024年9月30日，0539-1234567，12345")
        == "仿政办发〔2024〕7号，2024年9月30日，0539-1234567，12345"
    )
    address = "http://www.fangzhen.gov.cn/art/2024/9/30/art_20240930_1234567890123.html"
    assert mask_address(address) == address
    assert (
        mask_address("http://www.fangzhen.gov.cn/f/539921199003070076.pdf")
        == "http://www.fangzhen.gov.cn/f/53*************076.pdf"
    )


def test_a_text_under_hands_is_reported_number_by_number() -> None:
    body = "姓名\t身份证号\n张三\t539921199003070076\n李四\t539921199003070121"
    check = all_checks()["privacy/id-number"]
    page = Document("", body, medium="page")
    assert [d.count for d in check.look(page, as_of=AS_OF, settings={})] == [2]
    drafts = list(check.look(replace(page, medium="text"), as_of=AS_OF, settings={}))
    assert [body[d.start : d.end] for d in drafts] == ["539921199003070076", "539921199003070121"]
