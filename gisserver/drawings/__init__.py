"""How the map draws each layer: one drawing per file; the folder is the list.

A layer without a file here is drawn by its shape alone (`_plain.py`), so that a new layer is on the map at once.
"""
