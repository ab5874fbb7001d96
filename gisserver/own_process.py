"""Limits of a process that does one piece of the worker's work."""

import resource
import signal

MOST_MEMORY_BYTES = 8 << 30


def limit_this_process(cpu_seconds: int) -> None:
    """The worker is asked to stop, not this process: it finishes, or is killed and its transaction is undone."""
    for asked in (signal.SIGTERM, signal.SIGINT):
        signal.signal(asked, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY_BYTES, MOST_MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds))
