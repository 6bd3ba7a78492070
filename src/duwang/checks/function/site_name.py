"""function/site-name: 网站名称没有规范显示."""

from __future__ import annotations

import re

from duwang.checks.check import check, finding
from duwang.model.findings import CannotTell, Findings
from duwang.model.material import SiteView

_TAIL = re.compile(r"(?:人民)?政府(?:门户)?(?:网(?:站)?)?$|(?:官方)?(?:门户)?网(?:站)?$|办公室$|[\s\W_]+")
_HOME_ONLY = re.compile(r"^(?:首页|欢迎(?:您|光临)?|主页|index|home|无标题|Untitled)?$", re.IGNORECASE)


@check("function/site-name", on=SiteView, title="网站名称没有规范显示")
def site_name(site: SiteView) -> Findings:
    """
    查什么：首页的标题、网站标签（SiteName）、页头图片说明有没有以本地区、本部门命名的网站名称。

    依据：国办发〔2017〕47号：网站名称以本地区、本部门机构名称命名，在页头显著显示；国办秘函〔2019〕19号，功能设计“域名名称”。

    会报：首页标题是空的或只写“首页”；标题、SiteName、图片说明、页首文字里都没有名录登记的网站名称或主办单位名称。

    不报：写全称、简称或去掉“人民政府”“门户网站”等字样后相符的；页头的名称做成图片、有文字说明的。首页没有打开的，记为不能判断。

    怎么改：在页面标题和页头写明规范的网站名称。
    """
    if site.home is None:
        raise CannotTell(f"首页没有打开：{site.home_failure}")
    home = site.home
    shown = [home.title, home.meta.get("sitename", ""), home.meta.get("title", ""), home.body[:200], home.footer]
    shown += [image.alt for image in home.images]
    wanted = {_core(name) for name in _names(site) if len(_core(name)) >= 2}
    if any(core in _plain(text) for core in wanted for text in shown):
        if _HOME_ONLY.match(home.title.strip()) and not any(
            core in _plain(home.meta.get("sitename", "")) for core in wanted
        ):
            yield finding(
                site, quote=home.title or "（空）", context="标题", message="首页的标题没有写明网站名称", certainty=0.8,
                facts={"title": home.title},
            )  # fmt: skip
        return
    yield finding(
        site, quote=home.title or "（空）", context="名称", certainty=0.7,
        message=f"首页没有显示“{site.site.name}”的名称，标题为“{home.title}”", facts={"title": home.title, "name": site.site.name},
    )  # fmt: skip


def _names(site: SiteView) -> list[str]:
    org = next((one for one in site.registry.orgs if one.name == site.site.owner), None)
    return [site.site.name, site.site.owner, *([org.short] if org and org.short else [])]


def _core(name: str) -> str:
    """The name without 人民政府, 门户网站 and the like."""
    return _TAIL.sub("", _TAIL.sub("", _plain(name)))


def _plain(text: str) -> str:
    return re.sub(r"[\s\W_]+", "", text)
