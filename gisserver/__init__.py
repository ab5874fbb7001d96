"""The service: command line, web pages and interfaces of the common pool."""
