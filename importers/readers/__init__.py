"""One format per file; the folder is the list."""
