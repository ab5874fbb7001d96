"""One kind of source per file; the folder is the list."""
