"""Where a file's numbers lie: readings of them, the operations that move them, and what speaks for each."""
