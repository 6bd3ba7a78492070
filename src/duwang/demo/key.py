"""The answer key of one round: what must be found where, what must stay silent, and every verdict. Made from the data alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from duwang.demo import chrome, guides
from duwang.demo.articles import Article, all_articles
from duwang.demo.county import PERIOD, Place, county, toml
from duwang.demo.ledger import shelf_address
from duwang.demo.plants import Expectation, Plant, expectations, plants, template_faults
from duwang.demo.scene import Scene
from duwang.demo.styles import style_of
from duwang.demo.world import scene_of
from duwang.model.period import Span
from duwang.model.refs import account_ref, address_key, letter_ref, org_ref, site_ref

_LINKS = ("reach/broken-link", "reach/broken-image", "reach/broken-attachment")
_ON_SITE = ("document/duplicate-article", "policy/", "reach/illicit-outlink")  # several pages, one finding on the site


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the key. `targets`: refs any of which is right; `quote` must overlap the finding's quote, message or address;
    `near`: must stay silent; `org` with `by` = how it is known (empty = not asked)."""

    id: str
    check: str
    targets: tuple[str, ...]
    quote: str = ""
    org: str = ""
    by: str = ""
    rows: int = 0
    near: bool = False
    why: str = ""
    hint: bool = False


@dataclass(frozen=True, slots=True)
class Ruled:
    """The verdict a target must get: vetoes that must strike, vetoes that must stay open (`*` = any)."""

    target: str
    hits: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    after: str = ""

    @property
    def verdict(self) -> str:
        return "不合格" if self.hits else "待核" if self.open else "合格"


def key(round_: int, first_port: int) -> list[Entry]:
    """All entries of a round, those of sites that are down left out: there nothing can be seen."""
    made = [
        *_planted(round_, first_port),
        *_posts(round_),
        *_templates(round_),
        *_data(round_, first_port),
        *_letters(round_),
        *_guides(round_, first_port),
    ]
    down = {site_ref(place.code) for place in county().places if round_ in place.down}
    if round_ == 0:
        own = site_ref(county().place("农业").code)
        made = [
            entry
            for entry in made
            if entry.targets[0].startswith(own) and not entry.check.startswith(("interact/", "disclosure/reply"))
        ]
    return [
        entry
        for entry in made
        if not any(entry.targets[0] == ref or entry.targets[0].startswith(f"{ref}/") for ref in down)
    ]


def ruled(round_: int, implemented: frozenset[str]) -> list[Ruled]:
    """Every judged target's verdict. A veto whose check does not exist yet is left out of the answer."""
    rows = {row["target"]: row for row in toml("county/verdicts.toml")["verdict"] if row["round"] == round_}
    answers = []
    for name, ref in [*_sites(), *_accounts()]:
        row = rows.get(name, {})
        needs = row.get("needs", {})
        there = [code for code, check in needs.items() if check not in implemented]
        hits, left = (tuple(code for code in row.get(part, ()) if code not in there) for part in ("hits", "open"))
        answers.append(Ruled(ref, hits, left, row.get("after", "")))
    return answers


def ref_named(name: str) -> str:
    """The ref of a site (`门户`) or an account (`账号/仿真发布`) as the data name them."""
    return _account(name.removeprefix("账号/")) if name.startswith("账号/") else site_ref(county().place(name).code)


def _sites() -> Iterator[tuple[str, str]]:
    return ((place.key, site_ref(place.code)) for place in county().places if place.state == "正常")


def _accounts() -> Iterator[tuple[str, str]]:
    return ((f"账号/{voice.key}", _account(voice.key)) for voice in county().voices if voice.state != "已注销")


def _planted(round_: int, first_port: int) -> Iterator[Entry]:
    scenes = {place.key: scene_of(place, round_, first_port) for place in county().places if place.state == "正常"}
    copies: dict[str, list[str]] = {}
    for article in all_articles():
        if article.plant and article.plant.again:
            copies.setdefault(article.plant.id, []).append(_page(article, first_port, scenes))
    explained = {a.partner: _page(a, first_port, scenes) for a in all_articles() if a.partner}
    pointed = {article.plant.id: _page(article, first_port, scenes) for article in all_articles() if article.plant}
    for article in all_articles():
        plant = article.plant
        if plant is None or article.copy or not article.visible(round_) or plant.skip_silence or plant.gap:
            continue
        place = county().place(article.site)
        if round_ == plant.gone:
            path = style_of(place).article_path(scenes[article.site], article)
            yield Entry(f"{plant.id}/撤下", "reach/broken-link", (site_ref(place.code),), path, place.owner, "site")
        if round_ >= plant.gone or not (plant.near or round_ in plant.rounds):
            continue
        page = _page(article, first_port, scenes)
        targets = (*copies.get(plant.id, ()), page, *((pointed[plant.points_at],) if plant.points_at else ()))
        quote = plant.quote
        if plant.check.startswith(_ON_SITE):
            about = (explained[article.title],) if article.title in explained else ()
            targets, quote = (*targets, site_ref(place.code), *about), quote or article.title
        if plant.check.startswith("security/"):
            targets = (*targets, site_ref(place.code))
        by = "" if plant.check.startswith((*_ON_SITE, "security/")) else article.by
        entry = Entry(
            plant.id,
            plant.check,
            targets,
            quote,
            article.org if by else place.owner,
            by,
            plant.rows,
            plant.near,
            plant.why,
            plant.hint,
        )
        yield _located(entry, plant, article, place, first_port)


def _located(entry: Entry, plant: Plant, article: Article, place: Place, first_port: int) -> Entry:
    """Link findings stand on the site, findings in an attachment on the attachment."""
    site, base = site_ref(place.code), f"http://127.0.0.1:{first_port + place.port}"
    if plant.body == "image":
        scanned = f"{site}/page/{address_key(f'{base}/images/scan-{article.number}.png')}"
        return replace(entry, targets=(*entry.targets, scanned))
    if plant.check in _LINKS:
        found = plant.link or plant.image
        return replace(
            entry,
            targets=(site, *entry.targets),
            quote=str(found.get("path", "")) or plant.file,
            org=place.owner,
            by="site",
        )
    if plant.file and not plant.near and not plant.quote:
        return entry
    if plant.file:
        url = f"{base}{chrome.file_path(article)}"
        return replace(entry, targets=(f"{site}/page/{address_key(url)}", *entry.targets))
    return entry


def _page(article: Article, first_port: int, scenes: dict[str, Scene]) -> str:
    place = county().place(article.site)
    path = style_of(place).article_path(scenes[article.site], article)
    return f"{site_ref(place.code)}/page/{address_key(f'http://127.0.0.1:{first_port + place.port}{path}')}"


def _posts(round_: int) -> Iterator[Entry]:
    """Faults in posts: the target is a page of the account, whose address is not part of the answer."""
    for plant in plants():
        if not plant.where.startswith("账号/") or plant.skip_silence or round_ < plant.appears:
            continue
        voice = county().voice(plant.where.removeprefix("账号/"))
        if plant.near or round_ in plant.rounds:
            targets = (f"{_account(voice.key)}/*", _account(voice.key))
            title = plant.title
            yield Entry(
                plant.id,
                plant.check,
                targets,
                title if plant.near else plant.quote,
                voice.owner,
                "account",
                0,
                plant.near,
                plant.why,
            )


def _templates(round_: int) -> Iterator[Entry]:
    for fault in template_faults():
        place = county().place(fault.site)
        if round_ in fault.rounds:
            for number, quote in enumerate(fault.quotes):
                yield Entry(
                    f"{fault.id}/{number}",
                    fault.check,
                    (site_ref(place.code),),
                    quote,
                    place.owner,
                    "site",
                    hint=fault.hint,
                )


def _data(round_: int, first_port: int) -> Iterator[Entry]:
    for number, row in enumerate(expectations()):
        if round_ in row.rounds:
            targets, org, by = _named(row, first_port)
            yield Entry(
                f"{row.check}@{row.target}#{number}", row.check, targets, row.quote, row.org or org, row.by or by,
                near=row.near, why=row.why, hint=row.hint,
            )  # fmt: skip


def _named(row: Expectation, first_port: int) -> tuple[tuple[str, ...], str, str]:
    """(targets, unit, how it is known) of what a row of the data names. A column's finding may stand on its page or its site."""
    if row.target.startswith("账号/"):
        voice = county().voice(row.target.removeprefix("账号/"))
        account = _account(voice.key)
        posts = (f"{account}/page/*",) if row.check.startswith("update/date") else ()
        return (*posts, account), voice.owner, "account"
    if "/" not in row.target:
        place = county().place(row.target)
        return (site_ref(place.code),), place.owner, "site"
    shelf, place = county().shelf(row.target), county().place(row.target.partition("/")[0])
    hashed = address_key(shelf_address(row.target, first_port))
    site = site_ref(place.code)
    own = (f"{site}/column/{hashed}", f"{site}/page/{hashed}")
    return own if row.near else (*own, site), shelf.org or place.owner, "column" if shelf.org else "site"


def _letters(round_: int) -> Iterator[Entry]:
    for letter in county().letters:
        if letter["got"] > str(Span.parse(PERIOD[round_]).end):
            continue
        sites = [place for place in county().places if place.key == letter["to"]]
        owner = sites[0].owner if sites else letter["to"]
        targets = (letter_ref(letter["no"]), site_ref(sites[0].code) if sites else org_ref(owner))
        title = letter.get("mailbox", letter["title"])
        for check, rounds in letter.get("finds", {}).items():
            if round_ in rounds:
                yield Entry(f"{check}@{letter['no']}", check, targets, title, owner, "")
        for check, why in letter.get("near", {}).items():
            yield Entry(f"{check}@{letter['no']}", check, targets, title, near=True, why=why)


def _guides(round_: int, first_port: int) -> Iterator[Entry]:
    for fault in guides.guide_faults():
        if round_ not in fault.get("rounds", (1, 2)):
            continue
        place = county().place(fault["site"])
        guide = next(g for g in guides.guides(round_) if g.site == place.key and g.name == fault["item"])
        url = f"http://127.0.0.1:{first_port + place.port}{style_of(place).guide_path(guide)}"
        targets = (site_ref(place.code), f"{site_ref(place.code)}/page/{address_key(url)}")
        yield Entry(fault["id"], fault.get("check", "service/guide-elements"), targets, guide.name, place.owner, "site")


def _account(name: str) -> str:
    voice = county().voice(name)
    return account_ref(voice.platform, voice.filing or voice.handle or voice.key)
