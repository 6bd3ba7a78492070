"""The offline bundle installs without any index, starts, and upgrades with a backup first."""

from __future__ import annotations

import os
import subprocess
import tarfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.slow


def run(*words: str, cwd: Path, **env: str) -> subprocess.CompletedProcess[str]:
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("DUWANG_", "DJANGO_"))}
    return subprocess.run(words, cwd=cwd, capture_output=True, text=True, env={**clean, **env}, timeout=600)


def test_bundle_install_and_upgrade(tmp_path):
    bundle = tmp_path / "bundle.tar.gz"
    made = run("sh", str(ROOT / "scripts" / "bundle.sh"), str(bundle), cwd=ROOT)
    if made.returncode:
        pytest.skip(f"没有可用的软件包源，不能制作安装包：{made.stderr.strip().splitlines()[-1:]}")
    with tarfile.open(bundle) as archive:
        archive.extractall(tmp_path, filter="data")
    place = next(path for path in tmp_path.glob("duwang-*") if path.is_dir())
    words = ("sh", "install.sh", "--prefix", str(tmp_path / "opt"), "--data", str(tmp_path / "data"), "--no-service")
    first = run(*words, cwd=place, PIP_NO_INDEX="1")
    assert first.returncode == 0, first.stderr
    duwang = tmp_path / "opt" / "current" / "bin" / "duwang"
    assert run(str(duwang), "--version", cwd=tmp_path).stdout.startswith("读网 Duwang ")
    assert (
        run(str(duwang), "verify-audit", "--data", str(tmp_path / "data"), cwd=tmp_path).stdout.strip()
        == "审计记录链完整"
    )
    again = run(*words, cwd=place, PIP_NO_INDEX="1")
    assert again.returncode == 0 and "升级前先备份" in again.stdout
    assert len(list((tmp_path / "data" / "backups").glob("*.tar.gz"))) == 1
    wheel = next((place / "wheels").glob("duwang-*.whl"))
    wheel.write_bytes(wheel.read_bytes() + b"x")
    damaged = run(*words, cwd=place)
    assert damaged.returncode == 1 and "校验不符" in damaged.stderr
