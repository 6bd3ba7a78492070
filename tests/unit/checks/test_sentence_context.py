"""The network that reads whole sentences, the list of shortened expressions, words cut by an edge, long texts without marks."""

from __future__ import annotations

import time
from datetime import date

import numpy as np
import pytest

from duwang.checks.check import all_checks
from duwang.checks.text.context import NAMES, REACH, Context, Layer
from duwang.checks.text.language import official
from duwang.checks.text.phrases import Phrase, compiled
from duwang.checks.text.proposals import EXTRA, MISSING, SINGLE, TURNED, proposed
from duwang.checks.text.prose import PAD, prepared
from duwang.checks.text.segmenting import torn
from duwang.flow.looking import look_once
from duwang.model.material import Document


@pytest.fixture(scope="module")
def small():
    """A network with arbitrary weights."""
    maker = np.random.default_rng(3)

    def numbers(*shape):
        return maker.normal(0, 0.4, shape).astype(np.float32)

    layers = [Layer(numbers(6, 20), numbers(5, 20), numbers(20)) for _ in range(2)]
    size = len(official().characters)
    return Context(official().characters, numbers(size, 6), *layers, numbers(10, 6), numbers(6), numbers(size))


def surprise(network, ids, place):
    """Log chance of the character at a place, read step by step."""
    before, behind = network.onward.start(1), network.backward.start(1)
    for n in range(max(0, place - 40), place):
        before = network.onward.step(network.letters[ids[n : n + 1]], before)
    for n in range(min(len(ids), place + 41) - 1, place, -1):
        behind = network.backward.step(network.letters[ids[n : n + 1]], behind)
    return float(network.chances(before[0], behind[0])[0, ids[place]])


@pytest.mark.parametrize(
    ("kind", "old", "new", "changed"),
    [
        (SINGLE, 1, "况", "会议听取了情况汇报。"),
        (MISSING, 0, "的", "会议听取了情的形汇报。"),
        (EXTRA, 1, "", "会议听取了情汇报。"),
        (TURNED, 2, "汇形", "会议听取了情汇形报。"),
    ],
)
def test_the_gain_is_that_of_the_whole_sentence_read_step_by_step(small, kind, old, new, changed):
    language = official()
    prose = prepared("会议听取了情形汇报。", language)
    made = proposed(kind, [PAD + 6], [old], [[*language.ids(new), 0, 0][:2]], [0])
    row = dict(zip(NAMES, small.features(prose, made)[0], strict=True))
    left, right = np.full(REACH - 6, 3), np.full(REACH - (len(prose.text) - 6 - old), 3)
    whole = [np.concatenate((left, language.ids(text), right)) for text in (prose.text, changed)]
    sums = [
        sum(surprise(small, ids, place) for place in range(REACH - 1, REACH + count + 1))
        for ids, count in zip(whole, (old, len(new)), strict=True)
    ]
    assert row["seen_total"] == pytest.approx(sums[1] - sums[0], abs=0.01)
    assert np.exp(small.chances(*(np.zeros((1, 5), np.float32),) * 2)).sum() == pytest.approx(1, abs=1e-4)


def test_a_shortened_expression_of_the_list_is_found_and_others_are_not():
    listed = compiled([Phrase("国有土地上", "phrase", 80), Phrase("市场监督管理", "phrase", 900)], {"国有土地上": (2,)})
    assert listed.shortened is not None
    assert list(listed.shortened.found("在国有地上的房屋")) == [(1, 5, 0, 3)]
    assert list(listed.shortened.found("在国有土地上的市场监管理")) == []
    assert compiled([Phrase("国有土地上", "phrase", 80)]).shortened is None


@pytest.mark.parametrize(
    ("text", "part", "cut"),
    [
        ("应当保持平整、完好。", "整、完好", True),
        ("应当做到整洁、完好。", "整洁、完好", False),
        ("推行执法公示制度", "行执法公示", True),
        ("国有地上", "国有地上", False),
    ],
)
def test_an_edge_that_cuts_a_commoner_word(text, part, cut):
    start = text.index(part)
    assert torn(text, start, start + len(part)) is cut


@pytest.mark.parametrize("letter", ["1", "的", "一"])
@pytest.mark.parametrize("check", ["text/repetition", "text/number-format", "text/punctuation"])
def test_a_long_text_without_marks_takes_time_in_proportion_to_its_length(check, letter):
    def seconds(length):
        document = Document("", body=letter * length, medium="text", ref="document/x", owner="document/x")
        began = time.process_time()
        look_once(all_checks()[check], document, settings={}, as_of=date(2024, 9, 30))
        return time.process_time() - began

    seconds(100)
    assert seconds(32_000) < 0.05 + 9 * max(seconds(8_000), 0.01)
