"""24小时读网 in the console: the watch runs beside the worker, its page shows what it saw."""
