"""Sentences with figures in them: {名称} prints a figure or a word, <…> is left out when a figure in it is zero."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from duwang.bulletin.faults import BulletinFault
from duwang.bulletin.tree import Figure, Paragraph, Run

_OPTIONAL = re.compile(r"<([^<>]*)>")
PLACE = re.compile(r"\{([^{}]+)\}")
_EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class Wording:
    """What templates may name. `figures` print with their origin kept, `words` as they are."""

    figures: Mapping[str, Figure] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)

    def paragraph(self, template: str, *, where: str) -> Paragraph:
        return Paragraph(self.runs(template, where=where))

    def text(self, template: str, *, where: str) -> str:
        return "".join(run.text for run in self.runs(template, where=where))

    def runs(self, template: str, *, where: str) -> tuple[Run, ...]:
        """The template's runs; BulletinFault names `where` and the unknown name."""
        kept = _OPTIONAL.sub(lambda found: found[1] if self._worth(found[1], where) else "", template)
        made, at = [], 0
        for place in PLACE.finditer(kept):
            made.append(Run(kept[at : place.start()]))
            made.append(self._run(place[1], where))
            at = place.end()
        made.append(Run(kept[at:]))
        return tuple(run for run in made if run.text)

    def _run(self, name: str, where: str) -> Run:
        if name in self.figures:
            return Run(self.figures[name].text, figure=name)
        if name in self.words:
            return Run(self.words[name])
        raise BulletinFault(f"{where}：“{{{name}}}”没有定义，figures 里没有这一项")

    def _worth(self, piece: str, where: str) -> bool:
        """True when every figure in the piece counts something and every word says something."""
        for name in PLACE.findall(piece):
            if name in self.figures:
                if not self.figures[name].value:
                    return False
            elif not self.words.get(name):
                return False
        return True


def literal(text: str) -> str:
    """Braces and angle brackets of a quoted text must not be taken for places."""
    return text.replace("{", "｛").replace("}", "｝").replace("<", "＜").replace(">", "＞")


def listed(names: list[str], *, most: int = _EXAMPLES) -> str:
    """Names joined by 、; beyond `most` the first ones and 等N个."""
    unique = list(dict.fromkeys(names))
    if len(unique) <= most:
        return "、".join(unique)
    return f"{'、'.join(unique[:most])}等{len(unique)}个"
