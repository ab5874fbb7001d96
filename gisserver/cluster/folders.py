"""The data folder, and what the system says when it refuses one."""

import errno
import os
import pwd
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gisserver.cluster.trouble import DiskFull, NoRights


def make_data_folder(data: Path) -> None:
    """Root's is open to pass through, for the database's account; anybody else's is private."""
    with folder_trouble_in_words(data):
        data.mkdir(mode=0o755 if os.geteuid() == 0 else 0o700, parents=True, exist_ok=True)
        (data / "log").mkdir(mode=0o750, exist_ok=True)


@contextmanager
def folder_trouble_in_words(data: Path) -> Iterator[None]:
    """Turn the system's refusals into sentences with a remedy."""
    try:
        yield
    except PermissionError as cause:
        refused = Path(cause.filename or data)
        owner = _nearest_existing(refused).stat().st_uid
        raise NoRights(refused, pwd.getpwuid(os.geteuid()).pw_name, owner) from cause
    except OSError as cause:
        if cause.errno != errno.ENOSPC:
            raise
        raise DiskFull(data, shutil.disk_usage(_nearest_existing(data)).free // (1024 * 1024)) from cause


def _nearest_existing(path: Path) -> Path:
    for folder in (path, *path.parents):
        try:
            folder.stat()
        except OSError:
            continue
        return folder
    return Path("/")
