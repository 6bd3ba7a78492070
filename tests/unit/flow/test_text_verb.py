"""duwang text: every kind of file, offsets that fit, comments in the docx that came, one sentence for what goes wrong."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import CliRunner
from docx import Document as open_docx

from corpus.privacy.files import write
from duwang.cli import main as _main  # noqa: F401  registers nothing; shows that the entry imports
from duwang.commands.texts import text as command
from duwang.flow.folder import FolderFault

NUMBER, MASKED = "539921199003070076", "53*************076"
SENTENCE = f"申请人张三，身份证号：{NUMBER}，住仿真县城关镇。"


def run(*arguments: str, stdin: str | bytes | None = None) -> str:
    """Standard output; FolderFault is raised as it is."""
    result = CliRunner().invoke(command, [*arguments, "--as-of", "2024-09-30"], input=stdin, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.mark.parametrize("kind", ["txt", "html", "docx", "xlsx", "pdf", "ofd"])
def test_every_kind_of_file_gives_offsets_that_fit(kind: str, tmp_path: Path) -> None:
    path = tmp_path / f"文稿.{kind}"
    path.write_bytes(
        write(kind, ["关于做好工作的通知，请各单位认真贯彻执行。", SENTENCE, (("姓名", "身份证号"), ("李四", NUMBER))])
    )
    record = json.loads(run(str(path), "--json"))
    found = [one for one in record["findings"] if one["check"] == "privacy/id-number"]
    assert len(found) == 2 and {one["quote"] for one in found} == {MASKED}
    body = record.get("text") or path.read_bytes().decode("gb18030")
    assert [body[one["start"] : one["end"]].replace("\n", "") for one in found] == [NUMBER, NUMBER]
    assert found[0]["suggestion"] == MASKED
    assert record["findings"] == sorted(record["findings"], key=lambda one: one["start"])
    assert ("text" in record) == (kind != "txt")


def test_standard_input() -> None:
    found = json.loads(run("-", "--json", stdin=SENTENCE.encode()))["findings"]
    assert [one["quote"] for one in found if one["check"] == "privacy/id-number"] == [MASKED]


def test_a_folder_gives_one_line_a_file_and_goes_on_after_a_bad_one(tmp_path: Path) -> None:
    (tmp_path / "好.md").write_text(SENTENCE, "utf-8")
    (tmp_path / "坏.docx").write_bytes(b"PK\x03\x04broken")
    lines = [json.loads(line) for line in run(str(tmp_path), "--json").splitlines()]
    assert [sorted(set(line) & {"error", "findings"}) for line in lines] == [["error"], ["findings"]]
    assert lines[0]["error"].startswith("文件“") and "无法读取" in lines[0]["error"]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("没有.txt", None, "不存在"),
        ("空.docx", b"", "无法读取"),
        ("图.png", b"\x89PNG\r\n\x1a\n" + b"0" * 50, "图片"),
        ("锁.pdf", b"%PDF-1.4 x", "PDF文件损坏"),
    ],
)
def test_what_cannot_be_read_is_one_sentence(name: str, content: bytes | None, told: str, tmp_path: Path) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(FolderFault, match=told) as fault:
        run(str(path))
    assert "\n" not in str(fault.value)


def test_comments_stand_in_the_docx_that_came(tmp_path: Path) -> None:
    source, out = tmp_path / "原稿.docx", tmp_path / "批注" / "批注.docx"
    original = open_docx()
    original.add_heading("关于做好防汛工作的通知", 1)
    paragraph = original.add_paragraph("申请人张三，")
    paragraph.add_run("身份证号：").bold = True
    paragraph.add_run(NUMBER[:8]).italic = True
    paragraph.add_run(f"{NUMBER[8:]}，住仿真县，。请核对。")
    table = original.add_table(rows=1, cols=2, style="Table Grid")
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "身份证号", NUMBER
    original.save(str(source))
    run(str(source), "--json", "--docx", str(out))
    written = open_docx(str(out))
    assert [p.text for p in written.paragraphs] == [p.text for p in original.paragraphs]
    assert written.paragraphs[0].style.name == "Heading 1"
    assert [r.text for r in written.paragraphs[1].runs if r.bold] == ["身份证号："]
    assert written.tables[0].style.name == "Table Grid"
    comments = {comment.comment_id: comment.text for comment in written.comments}
    assert sum("身份证号码" in text for text in comments.values()) == 2
    assert not any(NUMBER in text for text in comments.values())
    assert _held(out, comments, "标点") == "，。"
    assert _held(out, comments, "身份证号码") == NUMBER


def _held(path: Path, comments: dict[int, str], about: str) -> str:
    """The characters between the marks of the first comment that speaks of something."""
    from docx.oxml.ns import qn

    number = next(n for n, text in sorted(comments.items()) if about in text)
    held, inside = [], False
    for element in open_docx(str(path)).element.body.iter():
        if element.tag == qn("w:commentRangeStart") and element.get(qn("w:id")) == str(number):
            inside = True
        elif element.tag == qn("w:commentRangeEnd") and element.get(qn("w:id")) == str(number):
            inside = False
        elif inside and element.tag == qn("w:t"):
            held.append(element.text or "")
    return "".join(held)


def test_comments_for_a_text_that_is_no_docx(tmp_path: Path) -> None:
    source, out = tmp_path / "原稿.txt", tmp_path / "批注.docx"
    source.write_text(SENTENCE, "utf-8")
    run(str(source), "--json", "--docx", str(out))
    assert any("身份证号码" in comment.text for comment in open_docx(str(out)).comments)
    with ZipFile(BytesIO(out.read_bytes())) as package:
        assert "word/comments.xml" in package.namelist()


def test_tidy_writes_four_files_and_says_so(tmp_path: Path) -> None:
    source = tmp_path / "乱.txt"
    source.write_text("关于做好防汛工作的通知\n\n  各乡镇:\n    请抓好落实,。\n", "utf-8")
    run(str(source), "--json", "--tidy", str(tmp_path / "好.docx"))
    assert sorted(path.name for path in tmp_path.glob("好*")) == ["好.docx", "好.html", "好.对照.docx", "好.对照.html"]
    assert "各乡镇：" in (tmp_path / "好.html").read_text("utf-8")


def test_results_of_several_files_go_into_a_folder(tmp_path: Path) -> None:
    for name in ("甲", "乙"):
        (tmp_path / f"{name}.txt").write_text(SENTENCE, "utf-8")
    run(str(tmp_path / "甲.txt"), str(tmp_path / "乙.txt"), "--json", "--docx", str(tmp_path / "出"))
    assert sorted(path.name for path in (tmp_path / "出").iterdir()) == ["乙.docx", "甲.docx"]
