"""The last look at findings before they are printed: what still shows personal data is left out, the finding itself stays."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import unquote

from duwang.flow.judged import Judged
from duwang.flow.scanning import leaks
from duwang.model.findings import Finding
from duwang.model.masking import mask_personal
from duwang.model.registry import Registry

OMITTED = "（含个人信息，已略去）"
_LONG_NUMBER = re.compile(r"[1-9][0-9]{13,16}[0-9Xx]")


@dataclass(frozen=True, slots=True)
class Fit:
    """The judged material as it may leave, and the fingerprints of findings that had to be cut."""

    judged: Judged
    redacted: frozenset[str]


@dataclass(frozen=True, slots=True)
class Scanner:
    """The leak scan with the ledger's own codes taken out: a 备案单号 is no mobile number."""

    codes: tuple[str, ...]
    as_of: date

    @classmethod
    def of(cls, registry: Registry, as_of: date) -> Scanner:
        known = {site.code for site in registry.sites} | {account.filing_no for account in registry.accounts}
        return cls(tuple(sorted(code for code in known if code and mask_personal(code) != code)), as_of)

    def __call__(self, text: str) -> list[str]:
        for code in self.codes:
            text = text.replace(code, " ")
        return leaks(text, as_of=self.as_of)


def fit_to_leave(judged: Judged) -> Fit:
    """Scan all texts at once, and finding by finding only when something is there."""
    scan = Scanner.of(judged.registry, date.fromisoformat(str(judged.run["as_of"])[:10]))
    cut = set(_leaking((*judged.findings, *judged.earlier), scan))
    addressed = {one.fingerprint for one in (*judged.findings, *judged.earlier) if _personal_address(one, scan)}
    if not cut and not addressed:
        return Fit(judged, frozenset())

    def mended(findings: Iterable[Finding]) -> tuple[Finding, ...]:
        return tuple(_cut(one, texts=one.fingerprint in cut, address=one.fingerprint in addressed) for one in findings)

    fit = replace(judged, findings=mended(judged.findings), earlier=mended(judged.earlier))
    return Fit(fit, frozenset(cut | addressed))


def _leaking(findings: Iterable[Finding], scan: Scanner) -> Iterable[str]:
    known = {finding.fingerprint: _texts(finding) for finding in findings}
    if scan("\n".join(known.values())):
        for fingerprint, text in known.items():
            if scan(text):
                yield fingerprint


def _texts(finding: Finding) -> str:
    context = str(finding.facts.get("context", ""))
    return "\n".join((finding.quote, finding.suggestion or "", finding.message, finding.title, context))


def _personal_address(finding: Finding, scan: Scanner) -> bool:
    """Attachments named after a person's number: rare, so that only addresses with a long number are looked at."""
    spelled = unquote(" ".join(_addresses(finding)))
    return any(scan(number) for number in _LONG_NUMBER.findall(spelled))


def _addresses(finding: Finding) -> list[str]:
    places = finding.facts.get("places") or ()
    named = [str(value) for key, value in finding.facts.items() if key.endswith("url") or key == "page"]
    return [finding.url, *named, *(str(place) for place in places)]


def _cut(finding: Finding, *, texts: bool, address: bool) -> Finding:
    if texts:
        facts = {key: value for key, value in finding.facts.items() if key.endswith("url") or key in ("places", "page")}
        finding = replace(finding, quote=OMITTED, suggestion=None, title="", facts=facts, message=OMITTED)
    if address:
        finding = replace(
            finding, url="", facts={k: v for k, v in finding.facts.items() if k not in ("places", "page")}
        )
    return finding
