"""What every console test looks at: a ledger of two towns, a round with findings of several units, a person of every role."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from duwang.console.people.models import Person
from duwang.console.people.roles import Role
from duwang.console.records import cases, indexing, ledger
from duwang.console.records.models import Round
from duwang.flow.registry.exporting import export
from duwang.model.findings import Finding, Severity
from duwang.model.registry import Account, Org, Site
from kit.judged_folder import OFFICE, PORTAL, SCHOOL, WEIXIN, finding, judged_folder, registry

COUNTY = "云岭县人民政府"
STRANGER_TOWN = "远江市人民政府"
STRANGER_OFFICE = "远江市政务公开办公室"
STRANGER_SITE = "site/5399330001"


def two_towns():
    """The ledger: the county of the kit, and a city that has nothing to do with it."""
    known = registry()
    return registry(
        orgs=(*known.orgs, Org(STRANGER_TOWN, kind="政府", region="远江市"), Org(STRANGER_OFFICE, "", STRANGER_TOWN, "远江市", "部门")),
        sites=(*known.sites, Site("5399330001", "远江市人民政府网", "http://127.0.0.1:8001/yj/", "门户", STRANGER_OFFICE, STRANGER_OFFICE)),
        accounts=(*known.accounts, Account("70009", "微博", "远江发布", owner=STRANGER_OFFICE, supervisor=STRANGER_OFFICE)),
    )  # fmt: skip


def findings() -> list[Finding]:
    """Five equal footer faults, a serious wording question, a leak of the school, something of the other town, a hint."""
    footers = [
        finding("function/footer-mark", quote="联系方式", message="页面底部缺少“联系方式”", n=n) for n in range(1, 6)
    ]
    return [
        *footers,
        finding("text/fixed-phrase", quote="新时代中国特设社会主义", message="“新时代中国特设社会主义”应为“新时代中国特色社会主义”",
                suggestion="新时代中国特色社会主义", severity=Severity.SERIOUS, certainty=0.9, n=11),
        finding("privacy/id-number", quote="53*************078", message="泄露身份证号码", org=SCHOOL, org_by="printed", severity=Severity.SERIOUS, n=12),
        finding("text/typo", WEIXIN, quote="布署", message="“布署”应为“部署”", suggestion="部署", org=SCHOOL, org_by="account", n=13),
        finding("function/page-tags", quote="缺少标签", message="内容页缺少标签PubDate", org=SCHOOL, org_by="printed", n=16),
        finding("text/typo", STRANGER_SITE, quote="既使", message="“既使”应为“即使”", suggestion="即使", org=STRANGER_OFFICE, n=14),
        finding("text/typo", quote="象", message="“象”可能应为“像”", severity=Severity.HINT, certainty=0.4, n=15),
    ]  # fmt: skip


def import_ledger(place: Path) -> int:
    path = place / "ledger.xlsx"
    export(two_towns(), path)
    return ledger.apply(ledger.preview(path), by=None, source="ledger.xlsx")


def build_round(
    place: Path, name: str, *, as_of: date, previous: Round | None = None, found: list[Finding] | None = None
) -> Round:
    """A round indexed from a judged folder."""
    round_ = Round.objects.create(name=name, period="2024Q3", as_of=as_of, state=Round.State.DONE, previous=previous)
    judged_folder(round_.folder, findings() if found is None else found, ledger=two_towns(), as_of=as_of)
    indexing.index(round_)
    cases.take_in(round_)
    return round_


def people_of_every_role() -> dict[Role, Person]:
    """Office people see the county; the contact and the editor belong to the school; the superior stands above the county."""
    made = {}
    for n, role in enumerate(Role):
        at_school = role in (Role.CONTACT, Role.EDITOR)
        made[role] = Person.objects.create_user(
            f"p{n}", password="Mima-ceshi-123", full_name=f"人员{n}", role=role, unit=SCHOOL if at_school else OFFICE,
            scope="" if at_school else COUNTY, must_change_password=False,
        )  # fmt: skip
    return made


def stranger(role: Role) -> Person:
    """The same role in the other town."""
    return Person.objects.create_user(
        f"other{role.name.lower()}", password="Mima-ceshi-123", full_name="外地人", role=role, unit=STRANGER_OFFICE, scope=STRANGER_TOWN,
        must_change_password=False,
    )  # fmt: skip


__all__ = ["OFFICE", "PORTAL", "SCHOOL", "WEIXIN"]
