"""E-mail: what is said to whom, the server that takes it, and what is done where it does not."""
