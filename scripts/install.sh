#!/bin/sh
# Installs or upgrades 读网 on an intranet server from this folder, without any network.
# usage: sudo sh install.sh [--prefix /opt/duwang] [--data /var/lib/duwang] [--port 8600] [--host 127.0.0.1] [--no-service]
set -eu
HERE="$(cd "$(dirname "$0")" && pwd)"
PREFIX=/opt/duwang DATA=/var/lib/duwang PORT=8600 HOST=127.0.0.1 SERVICE=yes
while [ $# -gt 0 ]; do
    case "$1" in
        --prefix) PREFIX="$2"; shift 2 ;;
        --data) DATA="$2"; shift 2 ;;
        --port) PORT="$2"; shift 2 ;;
        --host) HOST="$2"; shift 2 ;;
        --no-service) SERVICE=no; shift ;;
        *) echo "不认识的参数：$1" >&2; exit 2 ;;
    esac
done
PYTHON="${PYTHON:-python3}"
command -v "$PYTHON" >/dev/null 2>&1 || { echo "没有找到 $PYTHON，请先安装 Python 3.11 或更新版本" >&2; exit 1; }
"$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 版本过低（$("$PYTHON" -V)），需要 3.11 或更新版本" >&2; exit 1; }
"$PYTHON" -c 'import ensurepip, venv' 2>/dev/null || { echo "缺少 python3-venv，请先从本地软件源安装" >&2; exit 1; }
(cd "$HERE" && sha256sum --quiet -c SHA256SUMS) || { echo "安装包校验不符，可能损坏，请重新拷贝" >&2; exit 1; }

[ "$SERVICE" = yes ] && systemctl stop duwang 2>/dev/null || true
if [ -x "$PREFIX/current/bin/duwang" ] && [ -f "$DATA/secret.key" ]; then
    saved="$DATA/backups/before-$(date +%Y%m%d-%H%M%S).tar.gz"
    echo "升级前先备份到 $saved"
    DUWANG_DATA="$DATA" "$PREFIX/current/bin/duwang" backup "$saved"
fi
VERSION="$(basename "$(ls "$HERE"/wheels/duwang-*.whl)" | cut -d- -f2)"
NEW="$PREFIX/$VERSION-$(date +%Y%m%d%H%M%S)"
mkdir -p "$PREFIX" "$DATA"
"$PYTHON" -m venv "$NEW"
"$NEW/bin/python" -m pip install --quiet --disable-pip-version-check --no-index --find-links "$HERE/wheels" "duwang[console]"
DUWANG_DATA="$DATA" "$NEW/bin/python" -m duwang.console.manage migrate --verbosity 0
ln -sfn "$NEW" "$PREFIX/current.new" && mv -T "$PREFIX/current.new" "$PREFIX/current"
if [ "$SERVICE" = yes ]; then
    id duwang >/dev/null 2>&1 || useradd --system --home-dir "$DATA" --shell /usr/sbin/nologin duwang
    chown -R duwang: "$DATA"
    sed -e "s#@PREFIX@#$PREFIX#g; s#@DATA@#$DATA#g; s#@HOST@#$HOST#g; s#@PORT@#$PORT#g" "$HERE/duwang.service" > /etc/systemd/system/duwang.service
    systemctl daemon-reload && systemctl enable --now duwang
    echo "已启动。首次使用的设置地址：journalctl -u duwang | grep setup"
fi
echo "已安装 读网 $VERSION 到 $NEW（当前版本：$PREFIX/current）"
