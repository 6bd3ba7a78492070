"""Makes click's own words Chinese: headings of help and messages about wrong options."""

from __future__ import annotations

import click.core
import click.decorators
import click.exceptions
import click.formatting
import click.parser
import click.types

_WORDS = {
    "Usage:": "用法：",
    "Usage": "用法",
    "Options": "选项",
    "Commands": "命令",
    "Arguments": "参数",
    "Show this message and exit.": "显示本说明后退出。",
    "Show the version and exit.": "显示版本后退出。",
    "Error: {message}": "错误：{message}",
    "Try '{command} {option}' for help.": "可用“{command} {option}”查看用法。",
    "No such option: {name}": "没有选项 {name}",
    "No such option {name!r}.": "没有选项 {name}。",
    "No such command {name!r}.": "没有命令 {name!r}。",
    "Missing argument": "缺少参数",
    "Missing option": "缺少选项",
    "Missing parameter": "缺少参数",
    "Missing command.": "缺少命令。",
    "Invalid value: {message}": "取值不对：{message}",
    "Invalid value for {param_hint}: {message}": "{param_hint} 取值不对：{message}",
    "{name} {filename!r} does not exist.": "{name}“{filename}”不存在。",
    "{name} {filename!r} is a directory.": "{name}“{filename}”是文件夹。",
    "{name} {filename!r} is a file.": "{name}“{filename}”是文件，不是文件夹。",
    "{name} {filename!r} is not readable.": "{name}“{filename}”无法读取。",
    "File": "文件",
    "Directory": "文件夹",
    "Path": "路径",
    "file": "文件",
    "directory": "文件夹",
    "path": "路径",
    "{value!r} is not a valid {number_type}.": "{value!r} 不是有效的数字。",
    "{value!r} is not in the range {range}.": "{value!r} 不在 {range} 范围内。",
    "{value!r} is not one of {choices}.": "{value!r} 不是可选值（{choices}）。",
    "Option {name!r} requires an argument.": "选项 {name!r} 后面缺少内容。",
    "Option {name!r} does not take a value.": "选项 {name!r} 后面不需要内容。",
    "default": "默认",
    "required": "必填",
    "default: {default}": "默认：{default}",
    "Did you mean {possibility}?": "是不是 {possibility}？",
    "(Possible options: {possibilities})": "（可能是：{possibilities}）",
    "Got unexpected extra argument ({args})": "多出了参数（{args}）",
    "Got unexpected extra arguments ({args})": "多出了参数（{args}）",
    "Aborted!": "已中断",
}


def speak_chinese() -> None:
    """Replace click's look-up of its own sentences; unknown ones stay as they are."""
    for module in (click.core, click.decorators, click.exceptions, click.formatting, click.parser, click.types):
        if hasattr(module, "_"):
            setattr(module, "_", _word)  # noqa: B010
        if hasattr(module, "ngettext"):
            setattr(module, "ngettext", _words)  # noqa: B010


def _word(sentence: str) -> str:
    return _WORDS.get(sentence, sentence)


def _words(one: str, many: str, number: int) -> str:
    return _WORDS.get(one if number == 1 else many, one if number == 1 else many)
