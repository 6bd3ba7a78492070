"""词库与规则: every rule with its document and measured precision; the white list."""
