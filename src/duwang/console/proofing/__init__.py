"""发布前审校: texts checked before they are published, signed step by step, compared with the page afterwards."""
