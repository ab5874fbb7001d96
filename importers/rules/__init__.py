"""One check per file; the folder is the list."""
