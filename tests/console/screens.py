"""The screens that need no step of a story before them: name → address."""

from __future__ import annotations

READERS = {
    "总览": "/", "值守": "/watch/", "统计": "/statistics/", "信件与申请": "/letters/", "新媒体": "/accounts/", "发布前审校": "/proofing/", "发布前审校-新建": "/proofing/new",
    "词库与规则": "/words/", "词库": "/words/lexicon", "词库与规则-白名单": "/words/permitted",
}  # fmt: skip
ADMINISTRATORS = {
    "系统-人员": "/system/", "系统-新建人员": "/system/people/new", "系统-审计": "/system/audit?verify=1", "系统-后台任务": "/system/jobs",
    "系统-提醒": "/system/notices/", "系统-提醒设置": "/system/notices/settings", "系统-提醒渠道": "/system/notices/channels",
    "系统-接口令牌": "/system/tokens", "系统-会话": "/system/sessions", "系统-访问限制": "/system/limits", "系统-备份": "/system/backups",
    "系统-工作日历": "/system/calendars", "值守-设置": "/watch/settings", "名录-新增": "/ledger/new?sheet=新媒体",
}  # fmt: skip
