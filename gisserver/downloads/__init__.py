"""Long answers: how many at a time, who stops them, and the process apart in which libraries write files."""
