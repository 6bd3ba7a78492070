"""Documents written by a process of their own are the documents; judging looks only at what an indicator asks for."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from duwang.flow import publishing_apart
from duwang.flow.folder import Folder
from duwang.flow.judging import edition_of, slim_findings
from duwang.flow.publishing import publish
from kit.judged_folder import PORTAL, finding, judged_folder

_WRITTEN = ("问题清单.xlsx", "通报.md", "统计.xlsx")


def _folder(path: Path) -> Folder:
    return judged_folder(path, [finding("text/typo", f"{PORTAL}/page/{n:010x}") for n in range(3)])


@pytest.mark.slow
def test_the_same_documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(["src", *filter(None, [os.environ.get("PYTHONPATH")])]))
    one, other = _folder(tmp_path / "one"), _folder(tmp_path / "other")
    told: list[list[str]] = [[], []]
    publish(one, previous=None, progress=told[0].append)
    publishing_apart.publish_apart(other, previous=None, progress=told[1].append)
    assert told[0] == told[1]
    for name in _WRITTEN:
        assert (one.path / name).read_bytes() == (other.path / name).read_bytes(), name


def test_what_does_not_end_well_is_said(tmp_path: Path) -> None:
    (tmp_path / "run.json").write_text("{", "utf-8")
    told: list[str] = []
    publishing_apart.publish_apart(Folder(tmp_path), previous=None, progress=told.append)
    assert len(told) == 1 and "通报和清单没有写完" in told[0]


def test_only_many_findings_are_worth_a_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = _folder(tmp_path)
    assert not publishing_apart.is_large(folder)
    monkeypatch.setattr(publishing_apart, "_LARGE", 100)
    assert publishing_apart.is_large(folder) and not publishing_apart.is_large(Folder(tmp_path / "none"))


def test_judging_keeps_no_words(tmp_path: Path) -> None:
    folder = _folder(tmp_path)
    slim = list(slim_findings(folder, edition_of(folder), sampled=False, decided=False))
    for light, full in zip(slim, folder.each_finding(), strict=True):
        assert (light.quote, light.message, light.title, light.question) == ("", "", "", "")
        same = replace(
            full,
            quote="",
            message="",
            title="",
            question="",
            start=None,
            end=None,
            suggestion=None,
            evidence=(),
            url="",
            facts={},
        )
        assert replace(light, url="", facts={}) == same
    assert [one.url for one in slim_findings(folder, edition_of(folder), sampled=True, decided=True)] == [
        one.url for one in folder.each_finding()
    ]
