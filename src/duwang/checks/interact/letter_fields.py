"""interact/letter-fields: 公开的留言要素不全."""

from __future__ import annotations

from datetime import date

from duwang.checks.check import check, finding
from duwang.checks.interact.letters import MESSAGES, about
from duwang.checks.interact.published import letters_and_pages, name_of
from duwang.model.findings import Findings
from duwang.model.material import SiteView


@check("interact/letter-fields", on=SiteView, title="公开的留言要素不全")
def letter_fields(site: SiteView, *, as_of: date) -> Findings:
    """
    查什么：已经答复公开的留言（名录登记的，和互动类栏目里公开的），有没有留言时间、答复时间、答复单位、答复内容。

    依据：国办秘函〔2019〕19号，互动交流“留言公开”：抽查5条，每缺一类扣1分。

    会报：已答复（有答复时间、单位或内容之一）而缺其他要素的，一封报一条，写明缺什么。只写“见附件”“已回复”的，算没有答复内容。

    不报：还没有答复的留言；登记为无效的；看不出是留言的页面；网页没有分项列出、时间和单位印在稿件来源行的。名录没有登记留言、互动类栏目也没有读到留言的，记为未检查。

    怎么改：补全缺少的要素。
    """
    letters, pages = letters_and_pages(site, *MESSAGES)
    for letter in letters:
        reply = letter.reply.strip(" 　。.！!")
        if not (letter.replied or letter.replier or reply) or (letter.replied and letter.replied > as_of):
            continue
        missing = [
            name
            for name, value in (
                ("留言时间", letter.received),
                ("答复时间", letter.replied),
                ("答复单位", letter.replier),
                ("答复内容", "" if reply in ("见附件", "已回复", "已答复", "已办结") else reply),
            )
            if not value
        ]
        if missing:
            yield about(site, letter, f"没有{'、'.join(missing)}", missing=missing)
    for page, shown in pages:
        lacks = list(shown.missing())
        if shown.is_answered and shown.itemised and lacks:
            yield finding(
                site, quote=shown.title or page.title, context=shown.number, page=page, certainty=0.85,
                message=f"{name_of(page, shown)}没有{'、'.join(lacks)}", facts={"missing": lacks, "source": "网页"},
            )  # fmt: skip
