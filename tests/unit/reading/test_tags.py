"""Names of elements are remembered; those of a page's own making must not be mixed up between pages."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

from duwang.reading.elements import elements
from duwang.reading.tags import tag_of

_PAGE = "<html><head><meta name=a><base href=/x/></head><body><!--注--><p>甲</p><{own}>乙</{own}><svg><a href=#1>丙</a></svg><a href=/1>丁</a></body></html>"


def test_names_are_those_of_the_parser() -> None:
    for own in ("my-box", "other-box", "third-box", "my-box"):
        tree = LexborHTMLParser(_PAGE.format(own=own))
        nodes = list(tree.root.traverse(include_text=True)) if tree.root else []
        assert [tag_of(node) for node in nodes] == [node.tag or "" for node in nodes]
        assert own in {tag_of(node) for node in nodes}


def test_elements_come_in_reading_order_and_by_tag() -> None:
    found = elements(LexborHTMLParser(_PAGE.format(own="my-box")))
    assert [tag for tag, _ in found.all] == ["meta", "base", "a", "a"]
    assert [node.attributes["href"] for node in found.of("a")] == ["#1", "/1"]
    assert found.of("video") == []
