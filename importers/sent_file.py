"""A sent file, opened once however many of its layers are checked."""

from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import Connection

from importers.apart.room import ReadingRoom
from importers.file_layers import FileLayer, layers_of_file
from importers.unpack import unpack
from layers.core.inbox import Upload, original
from layers.core.profile import Profile


@dataclass(frozen=True)
class SentFile:
    """The bytes of an upload, in an empty room."""

    connection: Connection
    profile: Profile
    upload: Upload
    room: ReadingRoom

    @cached_property
    def layers(self) -> list[FileLayer]:
        """Every layer of it; unpacked and described when it is first looked into. Raises BrokenFile."""
        paths = unpack(self.upload.filename, original(self.connection, self.upload.id), self.room.folder)
        return layers_of_file(self.room, paths, self.profile, self.upload.filename)
