"""Sentences with figures in them: {名称} prints a figure or a word, <…> is left out when a figure in it is zero."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from duwang.bulletin.faults import BulletinFault
from duwang.bulletin.tree import Figure, Paragraph, Run

_OPTIONAL = re.compile(r"<([^<>]*)>")
PLACE = re.compile(r"\{([^{}]+)\}")
_EXAMPLES = 5
_COMMAS, _STOPS = "，、；", "。，、；：（"


@dataclass(frozen=True, slots=True)
class Wording:
    """What templates may name. `figures` print with their origin kept, `words` as they are, `phrases` are runs made before."""

    figures: Mapping[str, Figure] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    phrases: Mapping[str, tuple[Run, ...]] = field(default_factory=dict)

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
            made.extend(self._named(place[1], where))
            at = place.end()
        made.append(Run(kept[at:]))
        return _tidy(made)

    def phrase(self, template: str, *, where: str) -> tuple[Run, ...]:
        """Runs of a piece of a sentence: a joining word that has lost what stood before it is dropped."""
        runs = self.runs(template, where=where)
        return (replace(runs[0], text=runs[0].text.lstrip("和及")), *runs[1:]) if runs else ()

    def _named(self, name: str, where: str) -> tuple[Run, ...]:
        if name in self.phrases:
            return self.phrases[name]
        if name in self.figures:
            return (Run(self.figures[name].text, figure=name),)
        if name in self.words:
            return (Run(self.words[name]),)
        raise BulletinFault(f"{where}：“{{{name}}}”没有定义，figures 里没有这一项")

    def _worth(self, piece: str, where: str) -> bool:
        """True when every figure in the piece counts something and every word says something."""
        for name in PLACE.findall(piece):
            if name in self.phrases:
                if not any(run.text for run in self.phrases[name]):
                    return False
            elif name in self.figures:
                figure = self.figures[name]
                if not figure.value and figure.how not in ("rate", "share"):
                    return False
            elif not self.words.get(name):
                return False
        return True


def _tidy(runs: Sequence[Run]) -> tuple[Run, ...]:
    """Commas that stand at the beginning or beside another stop, because what they followed was left out, are dropped."""
    kept: list[Run] = []
    before = ""
    for run in runs:
        text = ""
        for char in run.text:
            if (char in _COMMAS and (not before or before in _STOPS)) or (char == before == "。"):
                continue
            if char in "。；）" and before in _COMMAS and before:
                text, kept = _without_last(text, kept)
            text += char
            before = char
        kept.append(replace(run, text=text))
    return tuple(run for run in kept if run.text)


def _without_last(text: str, kept: list[Run]) -> tuple[str, list[Run]]:
    if text:
        return text[:-1], kept
    return text, [*kept[:-1], replace(kept[-1], text=kept[-1].text[:-1])] if kept else kept


def literal(text: str) -> str:
    """Braces and angle brackets of a quoted text must not be taken for places."""
    return text.replace("{", "｛").replace("}", "｝").replace("<", "＜").replace(">", "＞")


def listed(names: list[str], *, most: int = _EXAMPLES, joint: str = "、") -> str:
    """Names joined by 、 (or `joint`); beyond `most` the first ones and 等N个."""
    unique = list(dict.fromkeys(names))
    if len(unique) <= most:
        return joint.join(unique)
    return f"{joint.join(unique[:most])}等{len(unique)}个"
