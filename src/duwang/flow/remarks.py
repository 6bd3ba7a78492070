"""What a reader of the coverage should know of a site, in sentences."""

from __future__ import annotations

from duwang.flow.browsing import access_of
from duwang.flow.gather import TRAP
from duwang.flow.work import WorkStore


def notes_of(owner: str, unwanted: int, *, store: WorkStore) -> list[str]:
    """Sentences about what was read against robots.txt, and what was left unread on purpose. `unwanted` counts the former."""
    notes = []
    if unwanted:
        notes.append(f"网站的robots规则不允许读取其中{unwanted}页，按名录设置照常读取")
    if endless := store.count(owner, state=TRAP):
        notes.append(f"{endless}个地址疑似无穷无尽（日历、排序一类），没有再读")
    if left := store.note(owner, "links-left-out"):
        notes.append(f"{left}个链接没有查看（达到数量上限）")
    pages, _, seed = access_of(owner, store=store)
    if pages:
        notes.append(f"无障碍用浏览器抽查{len(pages)}页（种子“{seed}”）")
    return notes
