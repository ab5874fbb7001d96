"""What every layer shares: declaration, storage, reading, publishing, tiles."""
