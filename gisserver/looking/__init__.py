"""Files that are only looked at: a process of its own finds out where each lies, a further one opens it."""
