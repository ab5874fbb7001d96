"""A process number is trusted only together with the moment of its start."""

import os
import signal
import socket
import subprocess
from dataclasses import replace

import pytest

from gisserver.processes.child import Deaths
from gisserver.processes.ending import end
from gisserver.processes.identity import Identity, session_of
from gisserver.processes.port import check_port
from gisserver.processes.state import State, StateFile
from gisserver.processes.trouble import AlreadyRuns, PortTaken


@pytest.fixture
def sleeper():
    """A process with a session of its own and one child in it."""
    with subprocess.Popen(
        ["/bin/sh", "-c", "sleep 60 & echo started; wait"], start_new_session=True, stdout=subprocess.PIPE
    ) as process:
        process.stdout.readline()
        yield process
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)


def test_a_stranger_with_a_reused_number_is_left_alone(sleeper, tmp_path):
    stranger = Identity.of(sleeper.pid)
    earlier = replace(stranger, started=stranger.started - 1)
    assert not earlier.is_alive()
    assert session_of(earlier, "GIS_DATA=/somewhere") == []
    end([earlier], tmp_path, patience=1)
    assert stranger.is_alive()


def test_ending_a_process_ends_what_it_began(sleeper, tmp_path):
    leader = Identity.of(sleeper.pid)
    family = session_of(leader, "")
    assert len(family) == 2
    end([leader], tmp_path, patience=5)
    assert not any(member.is_alive() for member in family)


def test_a_process_that_does_not_heed_is_made_to_end(tmp_path):
    command = ["/bin/sh", "-c", "trap '' TERM; echo started; while :; do sleep 60; done"]
    with subprocess.Popen(command, start_new_session=True, stdout=subprocess.PIPE) as stubborn:
        stubborn.stdout.readline()
        end([Identity.of(stubborn.pid)], tmp_path, patience=0.2)
        assert stubborn.wait() == -signal.SIGKILL


def test_orphans_of_a_dead_leader_are_found_by_their_mark(tmp_path):
    command = ["/bin/sh", "-c", "sleep 60 & echo $!; wait"]
    environment = {"GIS_DATA": str(tmp_path)}
    with subprocess.Popen(command, start_new_session=True, stdout=subprocess.PIPE, env=environment) as leader:
        known = Identity.of(leader.pid)
        orphan = Identity.of(int(leader.stdout.readline()))
        leader.kill()
        leader.wait()
        assert session_of(known, "GIS_DATA=/another") == []
        end([known], tmp_path, patience=5)
        assert not orphan.is_alive()


def test_a_process_that_dies_at_once_is_tried_again_ever_more_slowly():
    deaths = Deaths()
    pauses = [deaths.pause_after(lived=0.1) for _ in range(4)]
    assert pauses == sorted(pauses)
    assert not deaths.are_enough
    deaths.pause_after(lived=0.1)
    assert deaths.are_enough


def test_a_long_life_forgives_earlier_deaths():
    deaths = Deaths()
    for lived in (0.1, 0.1, 0.1, 0.1, 3600, 0.1):
        deaths.pause_after(lived)
    assert not deaths.are_enough


def test_a_taken_port_is_answered_with_a_free_one():
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = other.getsockname()[1]
        with pytest.raises(PortTaken, match=r"gis up --port \d+"):
            check_port("127.0.0.1", taken)


def test_the_state_of_an_earlier_machine_start_means_nothing(tmp_path):
    file = StateFile(tmp_path)
    file.write(State(Identity(1, 1), "http://127.0.0.1:8080", {"web": Identity(2, 2)}, is_ready=True))
    assert file.read().children == {"web": Identity(2, 2)}
    kept = (tmp_path / "run.json").read_text()
    (tmp_path / "run.json").write_text(kept.replace('"machine_start": "', '"machine_start": "earlier '))
    assert file.read() is None


def test_one_data_folder_has_one_supervisor(tmp_path):
    file = StateFile(tmp_path)
    with file.held(), pytest.raises(AlreadyRuns), StateFile(tmp_path).held():
        pass
    with file.held():
        pass
