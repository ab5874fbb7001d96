"""What became of what: the cadastral operations of a file, told from the ground or declared and held against it."""

from importers.operations.doubting import in_doubt as in_doubt
from importers.operations.operation import DECLARATION_DOUBTS as DECLARATION_DOUBTS
from importers.operations.operation import Balance as Balance
from importers.operations.operation import Doubt as Doubt
from importers.operations.operation import Operation as Operation
from importers.operations.recognise import NOBODY as NOBODY
from importers.operations.recognise import recognise as recognise
from importers.operations.share import Share as Share
