"""How each district stands: its published ground, its work with the department, and its borders."""
