"""Services: items, guides, forms, statistics."""
