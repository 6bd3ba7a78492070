"""Programs that are compared with, each run in a process of its own. None is imported by 读网."""
