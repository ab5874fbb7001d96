"""What a process that opens sent files may still do, as the Linux kernel enforces it.

Limits: setrlimit. No network and no other program: seccomp. No other files: Landlock, where the kernel has it.
"""

import ctypes
import errno
import os
import platform
import resource
import struct
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Limits:
    """How much one file may cost."""

    cpu_seconds: int = 300
    memory_bytes: int = 4 << 30
    open_files: int = 256
    written_bytes: int = 4 << 30
    """An XML file in an old encoding is copied once."""


class NotConfined(OSError):
    """The kernel refused to take the rights away: nothing may be opened then."""


def set_limits(limits: Limits) -> None:
    """From now on; a soft limit that is met ends the process or fails its request for memory."""
    for which, most in (
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_NOFILE, limits.open_files),
        (resource.RLIMIT_FSIZE, limits.written_bytes),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(which, (most, most))
    # Where both are met at once the kernel kills without saying why.
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_seconds, limits.cpu_seconds + 5))


def shut_in(folder: Path) -> None:
    """Only the folder's files, no network, no other program. Raises NotConfined."""
    _prctl(_NO_NEW_PRIVILEGES, 1)
    _keep_to_files(folder)
    _forbid_calls()


# --- seccomp: a small program that the kernel runs before each system call ---

_NO_NEW_PRIVILEGES, _SECCOMP, _FILTER = 38, 22, 2
_LOAD, _JUMP_IF_EQUAL, _JUMP_IF_AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _REFUSE, _KILL = 0x7FFF0000, 0x00050000 | errno.EACCES, 0x80000000
_NUMBER_AT, _MACHINE_AT = 0, 4
_OTHER_NUMBERING = 0x40000000
"""Of x86-64: the same calls once more, for programs with short pointers."""
_MACHINES = {
    # socket, connect, execve, execveat, ptrace, io_uring_setup
    "x86_64": (0xC000003E, (41, 42, 59, 322, 101, 425)),
    "aarch64": (0xC00000B7, (198, 203, 221, 281, 117, 425)),
}


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def _forbid_calls() -> None:
    """Sockets, other programs and other processes answer "permission denied"."""
    if platform.machine() not in _MACHINES:
        raise NotConfined(errno.ENOSYS, f"no list of system calls for {platform.machine()}")
    machine, calls = _MACHINES[platform.machine()]
    jumps = [(_JUMP_IF_EQUAL, len(calls) - n, 0, call) for n, call in enumerate(calls)]
    steps = [
        (_LOAD, 0, 0, _MACHINE_AT),
        (_JUMP_IF_EQUAL, 1, 0, machine),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER_AT),
        (_JUMP_IF_AT_LEAST, len(calls) + 1, 0, _OTHER_NUMBERING),
        *jumps,
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    ]
    written = b"".join(struct.pack("=HBBI", *step) for step in steps)
    program = _Program(len(steps), written)
    _prctl(_SECCOMP, _FILTER, ctypes.byref(program))


# --- Landlock: which files are left ---

_CREATE_RULES, _ADD_RULE, _RESTRICT = 444, 445, 446
_ASK_VERSION, _BENEATH = 1, 1
_EXECUTE, _WRITE, _READ, _LIST, _REMOVE, _MAKE, _TRUNCATE = (1 << n for n in (0, 1, 2, 3, 5, 8, 14))
_RIGHTS_KNOWN_BY_VERSION = (13, 14, 15)
_PROGRAMS = _EXECUTE | _READ | _LIST
_OWN = _READ | _LIST | _WRITE | _REMOVE | _MAKE | _TRUNCATE
_FACTS_OF_THE_MACHINE = (
    "/etc/ld.so.cache",
    "/etc/localtime",
    "/proc/cpuinfo",
    "/proc/meminfo",
    "/dev/null",
    "/dev/urandom",
)


def _keep_to_files(folder: Path) -> None:
    """Programs and their libraries may be read, the folder also written. Kernels before 5.13 cannot say so."""
    version = _call(_CREATE_RULES, None, 0, _ASK_VERSION)
    if version < 1:
        return
    known = (1 << _RIGHTS_KNOWN_BY_VERSION[min(version, len(_RIGHTS_KNOWN_BY_VERSION)) - 1]) - 1
    rules = _call(_CREATE_RULES, struct.pack("=Q", known), 8, 0)
    if rules < 0:
        raise NotConfined(ctypes.get_errno(), "Landlock")
    try:
        _allow(rules, _programs(), _PROGRAMS)
        _allow(rules, [Path(fact) for fact in _FACTS_OF_THE_MACHINE], _READ)
        _allow(rules, [folder], _OWN & known)
        if _call(_RESTRICT, rules, 0) < 0:
            raise NotConfined(ctypes.get_errno(), "Landlock")
    finally:
        os.close(rules)


def _programs() -> list[Path]:
    packages = [Path(__file__).parent.parent, Path(__file__).parent.parent.parent / "layers"]
    return [
        Path(sys.prefix),
        Path(sys.base_prefix),
        Path("/lib"),
        Path("/lib64"),
        Path("/sys/devices/system"),
        *packages,
    ]


def _allow(rules: int, paths: Iterable[Path], rights: int) -> None:
    for path in paths:
        if not path.exists():
            continue
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
        try:
            if _call(_ADD_RULE, rules, _BENEATH, struct.pack("=Qi", rights, place), 0) < 0:
                raise NotConfined(ctypes.get_errno(), f"Landlock, {path}")
        finally:
            os.close(place)


_kernel = ctypes.CDLL(None, use_errno=True)


def _call(*words: object) -> int:
    return int(_kernel.syscall(*words))


def _prctl(*words: object) -> None:
    padded = (*words, *(0 for _ in range(5 - len(words))))
    if _kernel.prctl(*padded) != 0:
        raise NotConfined(ctypes.get_errno(), "prctl")
