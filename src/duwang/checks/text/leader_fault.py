"""领导姓名职务."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from duwang.checks.check import check, finding
from duwang.checks.text.leaders import Roster, roster_of
from duwang.checks.text.vocabulary import confusable
from duwang.checks.text.wording import quoted
from duwang.model.findings import CannotTell, Draft, Findings, NotApplicable, Severity
from duwang.model.material import Document
from duwang.reading.normal import normal


@check("text/leader-fault", on=Document, title="领导姓名职务排序错误", places=("site", "account", "text"))
def leader_fault(
    document: Document, *, as_of: date, people: Roster | Sequence[Mapping[str, object]] | None = None
) -> Findings:
    """
    查什么：领导人员的姓名、职务、排序与使用单位自己提供的任职名单是否一致。

    依据：使用单位提供的任职名单（姓名、职务、顺序、起、止）；《政府网站与政务新媒体检查指标》单项否决“严重表述错误”由人工认定。

    会报：职务后面的姓名写错一个字或者被空格断开；姓名与职务对不上；稿件发布时已经卸任仍称原职；并列的姓名顺序与名单不一致。

    不报：名单没有列入的人；任职期间发布的旧稿；写明“原”“时任”的；没有并列关系的先后出现。

    怎么改：对照任免文件核实后改正；名单有误的，先改名单。
    """
    roster = people if isinstance(people, Roster) or people is None else roster_of(people)
    if roster is None or not roster.terms:
        raise NotApplicable("没有提供领导任职名单")
    if document.garbled:
        raise CannotTell("文字乱码，无法检查")
    body = normal(document.body)
    on = document.published or as_of
    found = [*_names(body.text, roster, on), *_posts(body.text, roster, on), *_orders(body.text, roster, on)]
    for start, end, right, message, severity in sorted(found, key=lambda one: one[0]):
        begin, stop = body.span(start, end)
        yield _draft(document, begin, stop, right, message, severity)


def _draft(document: Document, start: int, end: int, right: str | None, message: str, severity: Severity) -> Draft:
    return finding(
        document,
        quote=document.body[start:end],
        message=message,
        start=start,
        end=end,
        suggestion=right,
        severity=severity,
        certainty=0.95 if severity is Severity.SERIOUS else 0.8,
        source="使用单位任职名单",
    )


_Fault = tuple[int, int, str | None, str, Severity]
_FORMER = re.compile(r"(?:原|时任|前任?|曾任|历任|兼)[^，。；、\n]{0,8}$")


def _names(text: str, roster: Roster, on: date) -> Iterator[_Fault]:
    """A post followed by something one character away from its holder's name, or by the name with spaces in it."""
    for post in sorted({term.post for term in roster.terms if term.on(on)}, key=len, reverse=True):
        for found in re.finditer(re.escape(post), text):
            if _longer(text, found.start(), found.end(), post, roster):
                continue
            for name in roster.holders_of(post, on):
                after = text[found.end() : found.end() + len(name) + 3]
                spaced = re.match(r"[ \u3000]*" + r"[ \u3000]*".join(map(re.escape, name)), after)
                at = found.end() + len(after) - len(after.lstrip(" \u3000"))
                written = text[at : at + len(name)]
                if spaced:
                    inner = spaced[0].strip(" \u3000")
                    if inner != name and len(name) > 2:
                        yield (
                            at,
                            at + len(inner),
                            name,
                            f"领导姓名被断开：{quoted(inner)}应为{quoted(name)}",
                            Severity.HINT,
                        )
                elif _misspelt(written, name, roster):
                    yield (
                        at,
                        at + len(name),
                        name,
                        f"领导姓名有误：{post}{quoted(written)}应为{quoted(name)}",
                        Severity.SERIOUS,
                    )


def _longer(text: str, start: int, end: int, post: str, roster: Roster) -> bool:
    """Whether the post is only the end of a longer post ("副县长" holds "县长")."""
    if text[max(0, start - 1) : start] in ("副", "原", "前"):
        return True
    return any(
        other != post and other.endswith(post) and text[:end].endswith(other)
        for other in {term.post for term in roster.terms}
    )


def _misspelt(written: str, name: str, roster: Roster) -> bool:
    if len(written) != len(name) or written == name or any(term.name == written for term in roster.terms):
        return False
    wrong = [(a, b) for a, b in zip(written, name, strict=True) if a != b]
    turned = len(wrong) == 2 and sorted(written) == sorted(name)
    if turned:
        return True
    if len(wrong) != 1 or not "\u4e00" <= wrong[0][0] <= "\u9fff":
        return False
    return len(name) >= 3 or bool(confusable().why(*wrong[0]))


def _posts(text: str, roster: Roster, on: date) -> Iterator[_Fault]:
    """A listed name right behind a listed post that is not its own on that day."""
    posts = sorted({term.post for term in roster.terms}, key=len, reverse=True)
    for name in {term.name for term in roster.terms}:
        own = roster.posts_of(name, on)
        for found in re.finditer(re.escape(name), text):
            before = text[max(0, found.start() - 30) : found.start()].rstrip(" \u3000")
            post = next((post for post in posts if before.endswith(post)), None)
            if post is None or post in own or _FORMER.search(before[: len(before) - len(post)]):
                continue
            if any(other.endswith(post) for other in own) or before[: len(before) - len(post)].endswith("副"):
                continue
            start = found.start() - len(post) - (found.start() - max(0, found.start() - 30) - len(before))
            held = any(term.post == post and term.name == name for term in roster.terms)
            told = "已不再担任" if held else "不是"
            now = f"，名单中的职务为{'、'.join(own)}" if own else ""
            holder = "、".join(roster.holders_of(post, on))
            said = f"；{post}为{holder}" if holder else ""
            yield start, found.end(), None, f"领导职务有误：{name}{told}{quoted(post)}{now}{said}", Severity.SERIOUS


def _orders(text: str, roster: Roster, on: date) -> Iterator[_Fault]:
    """Names set side by side in another order than the table's."""
    names = {term.name for term in roster.terms if roster.order_of(term.name, on)}
    if len(names) < 2:
        return
    one = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    for found in re.finditer(rf"(?:{one})(?:[、，和及 \u3000](?:{one}))+", text):
        listed = re.findall(one, found[0])
        orders = [roster.order_of(name, on) for name in listed]
        if orders != sorted(orders):
            right = [name for _, name in sorted(zip(orders, listed, strict=True), key=lambda pair: pair[0])]
            marks = re.split(one, found[0])
            mended = "".join(mark + name for mark, name in zip(marks, [*right, ""], strict=True))
            message = f"领导排序与名单不一致：{quoted(found[0])}应为{quoted(mended)}"
            yield found.start(), found.end(), mended, message, Severity.ORDINARY
