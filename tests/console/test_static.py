"""Static files are the vendored ones, and no page asks another host for anything."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import duwang.console

CONSOLE = Path(duwang.console.__file__).parent
VENDOR = CONSOLE / "static" / "console" / "vendor"


def test_vendored_files_are_those_of_the_manifest():
    manifest = json.loads((VENDOR / "manifest.json").read_text("utf-8"))
    assert {one["file"] for one in manifest} | {"manifest.json"} == {path.name for path in VENDOR.iterdir()}
    for one in manifest:
        assert hashlib.sha256((VENDOR / one["file"]).read_bytes()).hexdigest() == one["sha256"], one["file"]
        assert one["version"] and one["licence"]


def test_no_template_or_module_names_another_host():
    files = [*CONSOLE.rglob("templates/**/*.html"), *(CONSOLE / "static" / "console").glob("*.*")]
    assert len(files) > 30
    for path in files:
        found = re.findall(r"https?://[^\"'\s<)]+", path.read_text("utf-8"))
        assert [one for one in found if not one.startswith("http://www.w3.org/")] == [], path


def test_no_template_has_inline_script_or_style():
    for path in CONSOLE.rglob("templates/**/*.html"):
        text = path.read_text("utf-8")
        if path.name == "evidence.html":
            continue  # shown under a policy of its own
        assert not re.search(r"<script(?![^>]*\bsrc=)|\son[a-z]+=|<style|\sstyle=", text), path
