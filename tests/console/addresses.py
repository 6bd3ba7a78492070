"""Every address of the console with the right it needs, and every route of the API with its scope: an address that is added without
a line here fails the permission test."""

from __future__ import annotations

from duwang.console.api.tokens import Scope
from duwang.console.people.roles import Right

PUBLIC = {"login", "logout", "setup", "password", "second-factor", "healthz"}
_NEEDED = {
    Right.SEE: (
        "accounts accounts-detail bulletins bulletins-advance bulletins-edit bulletins-page bulletins-paper "
        "bulletins-preview bulletins-text bulletins-versions cases cases-act cases-detail cases-proof cases-slip "
        "cases-slip-document findings findings-decisions findings-detail findings-evidence findings-export findings-raw "
        "findings-rows findings-save job-progress ledger ledger-row ledger-template letters letters-detail overview "
        "proofing proofing-detail proofing-docx rounds rounds-compare rounds-detail rounds-progress statistics "
        "statistics-export verdicts verdicts-detail watch words words-lexicon words-permitted words-rule "
    ),
    Right.LEDGER_EDIT: (
        "ledger-confirm ledger-edit ledger-errors ledger-export ledger-import ledger-new ledger-remove "
    ),
    Right.ROUND_RUN: ("rounds-new rounds-run rounds-seal watch-settings "),
    Right.DECIDE: ("findings-decide findings-undo rounds-judge "),
    Right.ANSWER: ("verdicts-answer "),
    Right.CASE_MANAGE: ("cases-recheck "),
    Right.BULLETIN_EDIT: (
        "bulletins-new bulletins-papers bulletins-problems bulletins-problems-leave-out bulletins-texts "
        "bulletins-texts-edit bulletins-texts-move "
    ),
    Right.WORDS_EDIT: ("words-remove "),
    Right.PROOF: (
        "proofing-accept proofing-ignore proofing-interpretation proofing-new proofing-text proofing-verify "
    ),
    Right.PROOF_SIGN: ("proofing-sign "),
    Right.SYSTEM: (
        "system-audit system-backup system-backup-new system-backups system-calendars system-channel system-channel-key "
        "system-channel-try system-channels system-jobs system-limits system-notice system-notice-again system-notices "
        "system-notices-settings system-session-end system-sessions system-token-revoke system-tokens system-unlock "
    ),
    Right.PEOPLE: ("system system-person system-person-new system-person-reset "),
}
NEEDED = {name: right for right, names in _NEEDED.items() for name in names.split()}

# routes of the API: (method, path, body) → scope
API = {
    ("POST", "/text", '{"text": "各单位要认真布署。"}'): Scope.TEXT,
    ("POST", "/manuscripts", '{"title": "通知", "text": "各单位要认真布署。"}'): Scope.MANUSCRIPTS,
    ("GET", "/manuscripts/{pk}", ""): Scope.MANUSCRIPTS,
    ("GET", "/registry/{sheet}", ""): Scope.LEDGER,
    ("GET", "/rounds", ""): Scope.VERDICTS,
    ("GET", "/rounds/{pk}/verdicts", ""): Scope.VERDICTS,
    ("GET", "/rounds/{pk}/findings", ""): Scope.FINDINGS,
    ("GET", "/cases", ""): Scope.CASES,
    ("GET", "/bulletins", ""): Scope.BULLETINS,
}
