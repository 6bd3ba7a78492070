#!/bin/sh
# Makes .venv with duwang and its development tools in it. Asks nothing, can be repeated, names what is missing in one line.
set -eu
PYTHON="${PYTHON:-python3}"
VENV="${VENV:-.venv}"

if ! command -v "$PYTHON" >/dev/null 2>&1; then
    echo "没有找到 $PYTHON：请先安装 Python 3.11 或更新版本（Debian：apt-get install python3 python3-venv）" >&2
    exit 1
fi
if ! "$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "Python 版本过低（$("$PYTHON" -V)）：需要 3.11 或更新版本" >&2
    exit 1
fi
if [ ! -x "$VENV/bin/python" ] || ! "$VENV/bin/python" -c 'import pip' >/dev/null 2>&1; then
    if "$PYTHON" -c 'import ensurepip, venv' >/dev/null 2>&1; then
        "$PYTHON" -m venv "$VENV"
    elif command -v virtualenv >/dev/null 2>&1; then
        virtualenv -q -p "$PYTHON" "$VENV"
    elif [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        echo "缺少 python3-venv，正在安装" >&2
        (apt-get update -qq && apt-get install -y -qq python3-venv) >/dev/null 2>&1 || {
            echo "缺少 python3-venv 且无法自动安装：请运行 apt-get install python3-venv" >&2
            exit 1
        }
        "$PYTHON" -m venv "$VENV"
    else
        echo "缺少 python3-venv：请运行 apt-get install python3-venv 后再试" >&2
        exit 1
    fi
fi
"$VENV/bin/python" -m pip install --quiet --disable-pip-version-check -r requirements.lock
"$VENV/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps -e .

missing=""
command -v chromium >/dev/null 2>&1 || missing="$missing chromium（截图取证）"
(command -v fc-list >/dev/null 2>&1 && fc-list ':lang=zh' 2>/dev/null | grep -q .) || missing="$missing 中文字体fonts-noto-cjk（生成PDF）"
[ -z "$missing" ] || echo "可选组件未安装，不影响运行：$missing" >&2
