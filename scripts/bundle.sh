#!/bin/sh
# Makes one file to carry to an intranet server: wheels of the program and everything it needs, and the installer.
# usage: sh scripts/bundle.sh [TARGET.tar.gz]      (on a machine of the same kind, with access to a package index)
set -eu
cd "$(dirname "$0")/.."
PYTHON="${PYTHON:-python3}"
VERSION="$("$PYTHON" -c 'import tomllib; print(tomllib.load(open("pyproject.toml","rb"))["project"]["version"])')"
TARGET="${1:-dist/duwang-$VERSION-offline.tar.gz}"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
place="$work/duwang-$VERSION"
mkdir -p "$place/wheels" "$(dirname "$TARGET")"
"$PYTHON" -m pip wheel --quiet --disable-pip-version-check --no-deps --wheel-dir "$place/wheels" .
"$PYTHON" -m pip wheel --quiet --disable-pip-version-check --constraint requirements.lock --wheel-dir "$place/wheels" ".[console]"
cp scripts/install.sh scripts/duwang.service LICENSE "$place/"
(cd "$place" && sha256sum wheels/*.whl > SHA256SUMS)
tar -C "$work" -czf "$TARGET" "duwang-$VERSION"
echo "已写出 $TARGET"
