"""Source, numbers, dates and marks in a page's head; an empty label never takes the next label's value."""

from __future__ import annotations

import json
from html import escape

import pytest

from duwang.model.material import Document
from duwang.reading.fields import expired_mark, labelled, own_number
from duwang.reading.page import read_page
from kit.shared import shared

_BODY = "<p>按照有关要求，各单位认真落实工作任务，取得明显成效。</p><p>下一步，将继续加强管理，提高服务水平，确保各项工作落到实处。</p>"


def _read(title: str, head: list[str], url: str = "http://127.0.0.1/a/1.html") -> Document:
    lines = "".join(f"<p>{escape(line)}</p>" for line in head)
    html = f"<html><head><title>{escape(title)}</title></head><body><h1>{escape(title)}</h1><div class=info>{lines}</div><div class=con>{_BODY}</div></body></html>"
    return read_page(html.encode(), url=url).document()


@pytest.mark.parametrize(
    ("head", "published", "source"),
    [
        ("发布时间：2024-03-15 09:30  来源：清溪县人民政府办公室  浏览次数：35", "2024-03-15", "清溪县人民政府办公室"),
        ("来源：  作者：  发布日期：2024-03-15", "2024-03-15", ""),
        ("发布时间:2024-03-15 来源:", "2024-03-15", ""),
        ("2024年3月15日 10:20 信息来源：县水利局", "2024-03-15", "县水利局"),
        ("發布時間：2024-03-15 來源：縣農業農村局", "2024-03-15", "县农业农村局"),
        ("【发布日期】2024/3/15 【来源】县教育局", "2024-03-15", "县教育局"),
        ("发布时间：2024-02-30", None, ""),
        ("作者：来源：打印 关闭", None, ""),
    ],
)
def test_the_line_below_the_title(head: str, published: str | None, source: str) -> None:
    document = _read("县水库除险加固工程开工", [head])
    assert (document.published.isoformat() if document.published else None) == published
    assert document.source == source


def test_labels_and_values_in_cells() -> None:
    text = (
        "索引号\t990100001/2024-00012\t发文字号\t\n发布机构\t清溪县人民政府办公室\t生成日期\t2024-03-15\n有效性\t有效"
    )
    found = labelled(text)
    assert found["index_no"] == "990100001/2024-00012"
    assert found["issuer"] == "清溪县人民政府办公室"
    assert found["written"] == "2024-03-15"
    assert "doc_no" not in found


def test_a_number_of_its_own_and_a_cited_one() -> None:
    assert own_number("清溪县人民政府办公室文件\n清政办〔2024〕7号\n关于印发工作方案的通知") == "清政办〔2024〕7号"
    assert own_number("根据《省政府办公厅通知》（某政办〔2024〕7号）要求，现通知如下。") == ""


def test_a_signature_date_is_no_publishing_date() -> None:
    assert _read("关于印发工作方案的通知", ["清溪县人民政府办公室 二〇二四年三月十五日"]).published is None
    assert _read("关于印发工作方案的通知", ["清政办〔2024〕7号 2024年3月15日"]).published is None


@pytest.mark.parametrize(
    ("title", "validity", "mark"),
    [
        ("清溪县临时救助办法（已废止）", "", "已废止"),
        ("清溪县临时救助办法", "失效", "失效"),
        ("清溪县临时救助办法", "未废止", ""),
        ("清溪县人民政府关于废止部分文件的通知", "有效", ""),
    ],
)
def test_marks_of_documents_no_longer_in_force(title: str, validity: str, mark: str) -> None:
    assert expired_mark(title, validity) == mark


_FLOORS = {"pub_date": 40, "source": 42, "doc_no": 37, "index_no": 41, "disclosure_label": 38}


@pytest.mark.needs_shared
def test_heads_as_really_printed() -> None:
    right = dict.fromkeys(_FLOORS, 0)
    for line in (shared("real") / "pages.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        printed = row["meta_as_printed"].replace("(空)", "").replace("…", "").split("|")
        document = _read(row["title"], [piece.strip() for piece in printed if piece.strip()], row["url"])
        got = {
            "pub_date": document.published.isoformat() if document.published else "",
            "source": document.source,
            "doc_no": document.doc_no,
            "index_no": document.index_no,
            "disclosure_label": document.disclosure,
        }
        for key, value in got.items():
            wanted = (row[key] or "").replace("(引)", "")
            right[key] += value == (wanted[:10] if key == "pub_date" else wanted)
    assert {key: right[key] >= floor for key, floor in _FLOORS.items()} == dict.fromkeys(_FLOORS, True), right
