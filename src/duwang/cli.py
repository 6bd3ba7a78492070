"""The same verbs from a shell. Results on stdout, progress on stderr; a user's mistake is one sentence, never a traceback."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from typing import Any

import click

from duwang import __version__
from duwang.commands.chinese import speak_chinese

speak_chinese()

_COMMANDS = {
    "inspect": "duwang.commands.inspecting",
    "judge": "duwang.commands.judging",
    "recheck": "duwang.commands.rechecking",
    "evidence": "duwang.commands.evidence",
    "links": "duwang.commands.links",
    "bulletin": "duwang.commands.bulletins",
    "audit-bulletin": "duwang.commands.bulletins",
    "text": "duwang.commands.texts",
    "read": "duwang.commands.texts",
    "registry": "duwang.commands.registries",
    "cases": "duwang.commands.registries",
    "editions": "duwang.commands.catalogue",
    "checks": "duwang.commands.catalogue",
    "lexicon": "duwang.commands.catalogue",
    "demo": "duwang.commands.serving",
    "monitor": "duwang.commands.monitoring",
    "serve": "duwang.commands.consoling",
    "worker": "duwang.commands.consoling",
    "backup": "duwang.commands.consoling",
    "restore": "duwang.commands.consoling",
    "verify-audit": "duwang.commands.consoling",
}


class Duwang(click.Group):
    """Commands are imported when they are asked for, so that a short one starts fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module = importlib.import_module(_COMMANDS[cmd_name])
        found: Any = getattr(module, cmd_name.replace("-", "_"))
        return found if isinstance(found, click.Command) else None

    def invoke(self, ctx: click.Context) -> Any:
        return _answered(lambda: super(Duwang, self).invoke(ctx))


def _answered(run: Callable[[], Any]) -> Any:
    try:
        return run()
    except KeyboardInterrupt:
        click.echo("已中断，加 --resume 可以接着做", err=True)
        sys.exit(3)
    except (click.ClickException, click.exceptions.Exit, click.Abort):
        raise
    except Exception as fault:
        from duwang.flow.faults import USER_FAULTS  # most commands need none of what these come from

        told = str(fault) if isinstance(fault, USER_FAULTS) else _of_the_disk(fault)
        if not told:
            raise
        click.echo(f"错误：{told}", err=True)
        sys.exit(2)


def _of_the_disk(fault: Exception) -> str:
    """What a full or closed disk means for people; empty for every other fault. Libraries wrap the system's own error."""
    import errno

    again = "没有写完；请腾出空间后再运行，检查加 --resume 接着做"
    closed = "没有权限读写，请检查文件夹的权限，或者换一个位置"
    words = {
        errno.ENOSPC: f"磁盘满了，{again}", errno.EDQUOT: f"磁盘配额用完了，{again}",
        errno.EACCES: closed, errno.EPERM: closed, errno.EROFS: "这个位置是只读的，请换一个位置",
    }  # fmt: skip
    for one in (fault, fault.__cause__, *fault.args):
        if isinstance(one, OSError) and one.errno in words:
            return f"{one.filename or ''} {words[one.errno]}".strip()
    if type(fault).__module__ == "sqlite3":
        full = {"full": errno.ENOSPC, "readonly": errno.EROFS}
        return next((words[code] for word, code in full.items() if word in str(fault)), "")
    return ""


@click.group(cls=Duwang, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="读网 Duwang %(version)s")
def main() -> None:
    """读网：政府网站与政务新媒体监测检查。

    常用：duwang registry template 名录.xlsx；duwang inspect 名录.xlsx --out 结果目录 --period 2024Q3；
    duwang judge 结果目录 --reviews 结果目录/问题清单.xlsx；duwang bulletin 结果目录 --out 通报目录。
    """


if __name__ == "__main__":
    main()
