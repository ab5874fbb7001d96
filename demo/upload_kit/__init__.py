"""What the demo uploads are made with: parcels of the default sample, and writers of good and bad files."""
