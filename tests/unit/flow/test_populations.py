"""What sampled clauses draw from is taken from what was read of the portal."""

from __future__ import annotations

from datetime import date

from duwang.flow.populations import populations_of
from duwang.model.material import PageDigest, SiteView
from duwang.model.registry import Column, Letter, Registry, Site

CODE, ROOT, AT = "5399210001", "http://127.0.0.1/", date(2024, 9, 30)
GUIDES, POLICIES, READINGS = (
    Column(CODE, name, f"{ROOT}{name}/", name) for name in ("办事指南", "政策文件", "政策解读")
)
LETTERS = (
    Letter("01", "网民留言", f"site/{CODE}", received=date(2024, 9, 1), replied=date(2024, 9, 3)),
    Letter("02", "网民留言", f"site/{CODE}", received=date(2024, 9, 1)),
    Letter("03", "找错", f"site/{CODE}", replied=date(2024, 9, 3)),
    Letter("04", "网民留言", f"site/{CODE}", valid=False, replied=date(2024, 9, 3)),
)


def page(name: str, column: Column, kind: str = "article") -> PageDigest:
    return PageDigest(f"{ROOT}{name}.html", f"site/{CODE}/page/{name}", kind, name, column.ref, date(2024, 9, 2))


def view(*pages: PageDigest, letters: tuple[Letter, ...] = ()) -> SiteView:
    registry = Registry(columns=(GUIDES, POLICIES, READINGS), letters=letters)
    return SiteView(Site(CODE, "云岭县政府网", ROOT, "门户"), pages=pages, registry=registry)


def test_guides_documents_interpretations_and_answered_letters() -> None:
    found = populations_of(
        view(
            page("关于印发云岭县养老服务办法的通知", POLICIES),
            page("关于开展健步走活动的通知", POLICIES),
            page("《云岭县养老服务办法》解读", READINGS),
            page("失业登记", GUIDES, "guide"),
            letters=LETTERS,
        ),
        at=AT,
    )
    assert found == {
        "办事指南": [f"{ROOT}失业登记.html"],
        "政策文件": [f"{ROOT}关于印发云岭县养老服务办法的通知.html"],
        "政策解读": [f"{ROOT}《云岭县养老服务办法》解读.html"],
        "留言": ["letter/01"],
    }


def test_kinds_with_nothing_in_them_are_left_out() -> None:
    assert populations_of(view(), at=AT) == {}
