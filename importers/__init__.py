"""From a district's file to a changeset; the worker's and the command line's part of the work."""
