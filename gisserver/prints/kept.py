"""The pictures that were drawn last: many people open the map at the same place."""

import threading
from collections import OrderedDict

CAPACITY_BYTES = 16_000_000
"""Of one process: about a hundred pictures of a screen."""


class KeptPictures:
    """What one process remembers, the latest used last. A name says all that a picture depends on."""

    def __init__(self, capacity_bytes: int = CAPACITY_BYTES) -> None:
        self._capacity = capacity_bytes
        self._pictures: OrderedDict[str, bytes] = OrderedDict()
        self._size_bytes = 0
        self._lock = threading.Lock()

    def get(self, name: str) -> bytes | None:
        """None where it was never drawn, or too long ago."""
        with self._lock:
            picture = self._pictures.get(name)
            if picture is not None:
                self._pictures.move_to_end(name)
            return picture

    def keep(self, name: str, picture: bytes) -> None:
        """One that is larger than all that may be kept is not."""
        with self._lock:
            self._size_bytes += len(picture) - len(self._pictures.pop(name, b""))
            self._pictures[name] = picture
            while self._size_bytes > self._capacity:
                self._size_bytes -= len(self._pictures.popitem(last=False)[1])
