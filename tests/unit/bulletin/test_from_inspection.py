"""The notice on an inspection in every style: counted, audited, honest about what is open, never leaking."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from duwang.bulletin.faults import BulletinFault
from duwang.bulletin.figures import disagreements
from duwang.bulletin.render import faces
from duwang.bulletin.render.markdown import render_markdown
from duwang.bulletin.style import style_for, styles
from duwang.flow.forms import notice_of, publish_forms
from duwang.flow.judged import Judged
from duwang.flow.publications import Publication
from duwang.model.findings import Severity
from duwang.model.verdicts import VerdictKind
from unit.bulletin.notices import data
from unit.bulletin.rounds import AS_OF, OLD, RUN, SCHOOL, TOWN, VOICE, finding, judged, verdicts


def decided() -> Judged:
    """The round after all open questions were answered."""
    closed = tuple(
        replace(one, verdict=VerdictKind.QUALIFIED, open=()) if one.verdict is VerdictKind.OPEN else one
        for one in verdicts()
    )
    summary = {**judged().summary, "account": {"checked": 2, "qualified": 1, "failed": 1, "open": 0}}
    return replace(judged(), verdicts=closed, summary=summary)


@pytest.mark.parametrize("style", styles())
def test_every_style_writes_an_inspection_without_loose_ends(style: str) -> None:
    for material in (judged(), decided()):
        made = notice_of(material, style=style)
        text = render_markdown(made)
        assert list(disagreements(made)) == []
        assert not re.search(r"[，、；。]{2}|（）|^[，、；。]|：。|[{}<>]", text.replace("<br>", ""), re.MULTILINE), (
            text
        )
        assert "教育在线" in "".join(pending.name for pending in made.pending) or material is not judged()


def test_an_open_verdict_makes_the_rate_a_range() -> None:
    text = render_markdown(notice_of(judged(), style="通用"))
    assert "检查政府网站2个，合格1个，不合格1个，合格率为50.00%。" in text
    assert "合格0个，不合格1个，待核1个（未计入不合格），合格率待复核后确定。" in text
    assert "合格1个，不合格1个，合格率为50.00%。" in render_markdown(notice_of(decided(), style="通用"))


def test_doubtful_owners_and_unreviewed_problems_are_not_printed() -> None:
    text = render_markdown(notice_of(judged(), style="通用"))
    assert "归属不明" not in text and "疑似表述错误" not in text
    assert "县教育局：链接“下载”不能打开" in text or "链接“下载”不能打开" in text


def test_earlier_problems_are_named_again() -> None:
    text = render_markdown(notice_of(judged(), style="通用"))
    assert "上期通报的2项问题中，已整改1项，未整改1项。未整改和改后又犯的是：石桥乡（石桥乡网站）。" in text


def test_names_with_signs_of_places_are_printed_as_they_are() -> None:
    """A 网站 called …{…}: the name was taken for a figure, and no notice could be written."""
    odd = tuple(replace(one, name=f"{one.name}{{全部网站}}<b>&") for one in verdicts())
    for style in styles():
        text = render_markdown(notice_of(replace(judged(), verdicts=odd), style=style))
        assert re.search(r"县教育局网站[{｛]全部网站[}｝](?:＜b＞|\\<b\\>)&", text), style


def test_an_annex_without_a_column_for_the_name_still_says_which_site() -> None:
    text = render_markdown(notice_of(judged(), style="襄阳"))
    rows = [line for line in text.splitlines() if line.startswith("| ") and "石桥乡网站：栏目“政府文件”" in line]
    assert len(rows) == 1 and "县教育局网站：空白栏目" in text


def test_only_what_the_last_notice_told_counts_as_told_in_its_items() -> None:
    """54 was the number of all findings, hints and unreviewed ones among them, when the last notice had listed 12 items."""
    unread = finding("u", "text/fixed-phrase", SCHOOL, "县教育局", "疑似表述错误", certainty=0.6)
    hint = finding("h", "reach/broken-link", TOWN, "石桥乡", "提示", severity=Severity.HINT)
    second = finding("f-stale2", "update/column-stale", TOWN, "石桥乡", "栏目“公告”超过6个月未更新")
    rounds = {"carried": ["f-stale", "h", "u"], "relapsed": [], "rectified": ["f-stale2", "old"], "cannot_tell": []}
    round_ = replace(judged(), earlier=(OLD, second, unread, hint), summary={**judged().summary, "rounds": rounds})
    text = render_markdown(notice_of(round_, style="通用"))
    assert "上期通报的2项问题中，已整改1项，未整改1项。" in text


def test_checks_are_never_named_by_their_id() -> None:
    partly = {
        "indicator": "WV-1.1",
        "title": "严重问题：出现严重表述错误",
        "why": "只检查了一部分，没有执行text/leader-fault",
    }
    seen = tuple(replace(one, not_examined=(partly,)) for one in verdicts())
    text = render_markdown(notice_of(replace(judged(), verdicts=seen), style="通用"))
    assert "网站的“出现严重表述错误”，只检查了一部分" in text and "leader-fault" not in text


def test_local_rules_bring_their_style() -> None:
    assert style_for(["hubei", "xiangyang"]) == "襄阳" and style_for([]) == "通用"
    made = notice_of(replace(judged(), run={**RUN, "overlays": [{"name": "zengdu"}]}))
    assert made.head.title.startswith("关于2024年第三季度全区政府网站")


def test_what_was_published_is_counted_by_kind() -> None:
    kinds = ("普通", "普通", "信息公开", "转载")
    made = tuple(
        Publication(SCHOOL, f"http://a.example/{n}", "", AS_OF, "县教育局", kind) for n, kind in enumerate(kinds)
    )
    posts = (Publication(VOICE, "", "", AS_OF, "石桥乡", "普通"),)
    told = replace(judged(), publications=(*made, *posts))
    text = render_markdown(notice_of(told, style="昌宁"))
    assert "检查期内主动公开信息4条，其中：普通文章信息2条，信息公开文章1条，转载国家、省、市信息1条" in text
    assert "检查期内发布信息4条。" in render_markdown(notice_of(told, style="通用"))
    some = render_markdown(notice_of(replace(told, publications=(*made[2:], *posts)), style="昌宁"))
    assert "主动公开信息2条，其中：信息公开文章1条，转载国家、省、市信息1条" in some


def write(folder: Path, text: str) -> Path:
    file = folder / "通报.yaml"
    file.write_text(text, "utf-8")
    return file


def test_a_notice_with_personal_data_is_not_written(tmp_path: Path) -> None:
    number = "1" + "39" + "12345678"
    source = write(tmp_path, data(2).replace("0000-3257066", number))
    with pytest.raises(BulletinFault, match="通报里有个人信息，没有写出"):
        publish_forms(source, tmp_path / "out", forms=["docx", "md"], style=None, progress=lambda _: None)
    assert not (tmp_path / "out").exists() or list((tmp_path / "out").iterdir()) == []


def test_filing_numbers_are_no_personal_data(tmp_path: Path) -> None:
    numbered = data(2).replace("30254160307", "13912345678")[:]
    written = publish_forms(write(tmp_path, numbered), tmp_path, forms=["md"], style="曾都", progress=lambda _: None)
    assert "1391234567800000" in written[0].read_text("utf-8")


def test_without_fonts_the_docx_is_still_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Nothing:
        def __init__(self, **_: object) -> None: ...

        def fonts(self) -> list[object]:
            return []

    monkeypatch.setattr(faces.typst, "Fonts", Nothing)
    faces._found.cache_clear()
    told: list[str] = []
    source = write(tmp_path, data(2))
    written = publish_forms(source, tmp_path, forms=["pdf", "docx"], style=None, progress=told.append)
    assert [path.name for path in written] == ["通报.docx"] and any("没有中文字库" in line for line in told)
    with pytest.raises(BulletinFault, match="没有中文字库"):
        publish_forms(source, tmp_path, forms=["pdf"], style=None, progress=told.append)
    faces._found.cache_clear()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("deadline: 2024-10-30", "deadline: 十月底"), "deadline：“十月底”不是日期"),
        (("contacts:", "kontakt:"), "不认识的项“kontakt”"),
        (("网站检查数: 48,", "网站检查数: 48, 甲: {rate: [网站检查数, 乙]},"), "没有名为“乙”的数字"),
        (("problems:\n", "problems: [\n"), "写法不合YAML格式"),
    ],
)  # fmt: skip
def test_mistakes_in_a_data_file_are_one_clear_sentence(tmp_path: Path, change: tuple[str, str], message: str) -> None:
    with pytest.raises(BulletinFault, match=re.escape(message)):
        publish_forms(
            write(tmp_path, data(2).replace(*change)), tmp_path, forms=["md"], style=None, progress=lambda _: None
        )
