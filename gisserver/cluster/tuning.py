"""Server settings worked out from the machine."""

import os
from collections.abc import Mapping
from pathlib import Path

_GB = 1024
_CGROUP_LIMIT = Path("/sys/fs/cgroup/memory.max")

FOR_TESTS: Mapping[str, str] = {
    "shared_buffers": "256MB",
    "work_mem": "16MB",
    "maintenance_work_mem": "64MB",
    "max_connections": "100",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "jit": "off",
    "random_page_cost": "1.1",
}
"""A cluster that is thrown away: nothing has to survive a power cut."""


def for_this_machine() -> dict[str, str]:
    """A quarter of the memory for the server's own cache, the rest of the customary shares from it."""
    memory_mb = _memory_mb()
    return {
        "shared_buffers": f"{min(memory_mb // 4, 8 * _GB)}MB",
        "effective_cache_size": f"{memory_mb * 5 // 8}MB",
        "maintenance_work_mem": f"{_between(64, memory_mb // 16, 2 * _GB)}MB",
        # A check lays file and district side by side in temporary tables; a session without any takes nothing.
        "temp_buffers": f"{_between(8, memory_mb // 64, 256)}MB",
        "work_mem": f"{_between(8, memory_mb // 400, 64)}MB",
        "max_connections": "100",
        "max_wal_size": f"{_between(1 * _GB, memory_mb // 4, 8 * _GB)}MB",
        "wal_compression": "on",
        "checkpoint_completion_target": "0.9",
        "random_page_cost": "1.1",
        "effective_io_concurrency": "200",
        "max_parallel_workers": str(os.cpu_count() or 1),
        "jit": "off",
        "idle_in_transaction_session_timeout": "10min",
    }


def _between(least: int, value: int, most: int) -> int:
    return max(least, min(value, most))


def _memory_mb() -> int:
    """The machine's memory, or the share of it that a container may use."""
    machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    try:
        allowed = int(_CGROUP_LIMIT.read_text(encoding="ascii"))
    except (OSError, ValueError):
        allowed = machine
    return min(machine, allowed) // (1024 * 1024)
