"""Names that nobody but their own office knows: what the language model calls a misspelling there is none."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from duwang.checks.text.fuse import Ids
from duwang.checks.text.prose import PAD, Prose

# Before the year of a document number stand abbreviations (渝府办发〔2020〕).
NUMBER = re.compile(r"[\u4e00-\u9fff]{1,10}(?=[〔\[［【](?:19|20)\d\d[〕\]］】])")
# Between a larger place and the word for a village or a street stands its name (尤李社区).
VILLAGE = re.compile(
    r"(?<=[县区市旗镇乡街驻])[\u4e00-\u9fff]{1,4}?(?=村(?!民)|镇|乡(?!镇)|街道|社区|嘎查|居委会|[林牧农渔]场|水库)"
)


def within(prose: Prose, at: Ids, names: re.Pattern[str]) -> NDArray[np.bool_]:
    """Which of the padded places stand in such a name."""
    made = np.zeros(len(prose.ids) + 1, np.bool_)
    for found in names.finditer(prose.text):
        made[found.start() + PAD : found.end() + PAD] = True
    return made[at]
