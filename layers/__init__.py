"""The domain: one declared layer per file; the folder is the list."""
