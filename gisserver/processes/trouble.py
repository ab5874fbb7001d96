"""What can stand in the way of starting and stopping; every sentence ends with the remedy."""

from pathlib import Path


class ProcessError(Exception):
    """The service's processes cannot do what was asked."""


class AlreadyRuns(ProcessError):
    """Somebody else supervises this data folder."""

    def __init__(self, data: Path, address: str | None) -> None:
        self.address = address
        where = f"at {address}" if address else "and is just starting"
        super().__init__(f"The service over {data} already runs {where}. End it with: gis down --data {data}")


class PortTaken(ProcessError):
    """Another program listens where the web service should."""

    def __init__(self, host: str, port: int, free: int) -> None:
        super().__init__(f"Port {port} on {host} is used by another program. Start on a free one: gis up --port {free}")


class AddressRefused(ProcessError):
    """The system does not let us listen there."""

    def __init__(self, host: str, port: int, cause: str) -> None:
        super().__init__(
            f"The service cannot listen on {host}, port {port}: {cause}. "
            f"Use an address of this machine (GIS_HOST) and a port above 1023 (--port)."
        )


class KeepsDying(ProcessError):
    """A process ended again and again right after its start."""

    def __init__(self, role: str, log: Path, last_line: str) -> None:
        super().__init__(f"The {role} process ended five times right after its start: {last_line} Its log is {log}.")


class NotReady(ProcessError):
    """The web process runs and does not answer."""

    def __init__(self, address: str, log: Path) -> None:
        super().__init__(f"The service does not answer at {address}/ready. Its log is {log}.")


class NotOurs(ProcessError):
    """The service was started by another account."""

    def __init__(self, data: Path) -> None:
        owner = data.owner()
        super().__init__(f"The service over {data} was started by {owner}. Run the command as {owner}.")
