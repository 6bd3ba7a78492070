"""What is worked out late is worked out once, and then is what it would have been."""

from __future__ import annotations

import pickle

import pytest

from duwang.flow.records import plain
from duwang.model.later import Later
from duwang.reading.page import read_page

PAGE = "<html><body><h1>公告</h1><p>内容见<a href='/a.pdf'>附件</a>和<a href='/b.html'>说明</a>。</p></body></html>"


def test_made_once_and_only_when_looked_at() -> None:
    made: list[int] = []

    def make() -> list[str]:
        made.append(1)
        return ["甲", "乙"]

    late = Later(make)
    assert made == []
    assert (len(late), list(late), late[1], late[:1], "乙" in late) == (2, ["甲", "乙"], "乙", ("甲",), True)
    assert late == ("甲", "乙") and late == Later(lambda: ("甲", "乙")) and late != ("甲",)
    assert pickle.loads(pickle.dumps(late)) == ("甲", "乙") and hash(late) == hash(("甲", "乙"))
    assert made == [1]


def test_a_page_read_has_its_links_when_they_are_wanted() -> None:
    document = read_page(PAGE.encode(), url="http://127.0.0.1/x.html").document()
    assert isinstance(document.links, Later)
    assert [link.url for link in document.attachments] == ["http://127.0.0.1/a.pdf"]
    assert {link["url"] for link in plain(document)["links"]} == {"http://127.0.0.1/a.pdf", "http://127.0.0.1/b.html"}


def test_what_json_cannot_say_is_refused() -> None:
    with pytest.raises(TypeError):
        plain({"x": object()})
