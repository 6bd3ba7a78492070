"""The labelled sentences keep their floors, and the tool that raises floors refuses to lower one."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT))

from bench import text_corpus as corpus  # noqa: E402


def test_every_rule_has_sentences_both_ways():
    rows = corpus.rows()
    wrong = {row.check for row in rows if row.wrong}
    assert len(rows) >= 500
    assert {
        "text/typo",
        "text/fixed-phrase",
        "text/organisation-name",
        "text/law-title",
        "text/territory-wording",
    } <= wrong
    for check in wrong:
        assert sum(row.check == check for row in rows) >= 500, f"{check}不到五百句"
        assert any(row.check == check and not row.wrong for row in rows), f"{check}没有临界的正确句子"


@pytest.mark.slow
def test_figures_hold_their_floors():
    now = corpus.measured(corpus.rows())
    for check, (recall, precision, alarmed) in corpus.floors().items():
        figure = now[check]
        assert figure.recall >= recall, f"{check}找到{figure.recall:.3f}，下限{recall}"
        assert figure.precision >= precision, f"{check}准确{figure.precision:.3f}，下限{precision}"
        assert figure.right_alarmed <= alarmed, f"{check}误报正确写法{figure.right_alarmed:.3f}，上限{alarmed}"
        if figure.serious + figure.serious_false:
            assert figure.serious_precision >= 0.95, f"{check}报为严重的准确率{figure.serious_precision:.3f}，不到0.95"


def test_a_lower_floor_is_refused(tmp_path, monkeypatch):
    rows = [row for row in corpus.rows() if row.check == "text/repetition"][:30]
    path = tmp_path / "floors.tsv"
    path.write_text("check\trecall\tprecision\tright_alarmed\ntext/repetition\t1.1\t0.5\t0.5\n", encoding="utf-8")
    monkeypatch.setattr(corpus, "FLOORS", path)
    monkeypatch.setattr(corpus, "rows", lambda: rows)
    with pytest.raises(SystemExit, match="只升不降"):
        corpus.raise_floors()
    path.write_text("check\trecall\tprecision\tright_alarmed\ntext/repetition\t0.1\t0.1\t0.9\n", encoding="utf-8")
    corpus.raise_floors()
    assert corpus.floors()["text/repetition"][0] == pytest.approx(1.0)
