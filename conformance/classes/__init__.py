"""One conformance class per file: its address and a check for each of its requirements; the folder is the list."""
