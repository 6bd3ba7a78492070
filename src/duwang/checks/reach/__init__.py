"""Can it be opened: sites, links, pictures, attachments."""
