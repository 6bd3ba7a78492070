"""What every page must carry."""
