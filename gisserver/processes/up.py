"""Starting the service: in this terminal, or on its own behind it."""

import shutil
import subprocess
import sys
import time
from pathlib import Path

from gisserver.cluster import Cluster, make_data_folder
from gisserver.processes.commands import Commands, child_environment, service_commands
from gisserver.processes.database import Say, bring_up_to_date, start_database
from gisserver.processes.ending import end
from gisserver.processes.port import check_port
from gisserver.processes.state import StateFile
from gisserver.processes.supervisor import PATIENCE, Supervisor, own_state
from gisserver.settings import Settings


def up(settings: Settings, say: Say, commands: Commands | None = None) -> None:
    """Start everything and stay; returns when the service was told to stop and has stopped."""
    make_data_folder(settings.data)
    file = StateFile(settings.data)
    with file.held():
        _end_leftovers(settings, file, say)
        check_port(settings.host, settings.port)
        _begin_counting(settings.data / "metrics")
        supervisor = Supervisor(settings, commands or service_commands(), say)
        supervisor.heed_signals()
        file.write(own_state(settings))
        try:
            start_database(settings, say)
            bring_up_to_date(settings, say)
            supervisor.run()
        finally:
            _stop_database(settings)
            file.remove()


def up_detached(settings: Settings, say: Say) -> int:
    """Start a supervisor of its own and follow its words until it is ready; returns its exit code, 0 if it lives."""
    make_data_folder(settings.data)
    words = settings.data / "log" / "supervisor.log"
    with words.open("ab") as out:
        begins_at = out.tell()
        process = subprocess.Popen(
            [sys.executable, "-m", "gisserver", "up"],
            env=child_environment(settings),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        return _follow(process, words, begins_at, settings, say)
    except KeyboardInterrupt:
        process.terminate()
        return process.wait()


def _follow(process: subprocess.Popen[bytes], words: Path, begins_at: int, settings: Settings, say: Say) -> int:
    file = StateFile(settings.data)
    with words.open(encoding="utf-8") as spoken:
        spoken.seek(begins_at)
        while True:
            ended = process.poll()
            state = file.read()
            is_ready = state is not None and state.is_ready and state.supervisor.pid == process.pid
            for line in spoken.read().splitlines():
                say(line)
            if ended is not None:
                return ended
            if is_ready:
                process.returncode = 0  # it lives on by itself; nobody waits for it
                return 0
            time.sleep(0.1)


def _end_leftovers(settings: Settings, file: StateFile, say: Say) -> None:
    """We hold the lock, so whoever wrote the state was killed and its children are nobody's."""
    state = file.read()
    if state is None:
        return
    if state.children:
        say("The last run was cut off; ending what it left.")
    end(list(state.children.values()), settings.data, PATIENCE)
    file.remove()


def _stop_database(settings: Settings) -> None:
    if not settings.database_url:
        Cluster(settings.data).stop()


def _begin_counting(folder: Path) -> None:
    """The web processes leave their numbers here; those of an earlier run are over."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
