"""Sent files are opened in a process apart: without the database's address, without network, without other files, and
with limits on time and memory. What it reads comes back over a pipe, in a form that cannot carry code."""
