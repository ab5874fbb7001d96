"""What districts send: received at once or in pieces, kept as it came, checked by the worker."""

from layers.core.inbox.arriving import (
    Arrival,
    ArrivedAlready,
    Expired,
    LongerThanAnnounced,
    WrongOffset,
    announce,
    arrival,
    remove_expired,
    stop,
    take,
)
from layers.core.inbox.beside import OfSameFile, of_same_file, receive_beside
from layers.core.inbox.edited import receive_edit
from layers.core.inbox.finishing import Receipt
from layers.core.inbox.pieces import PIECE_BYTES
from layers.core.inbox.quota import Quota, QuotaExceeded, TooLarge, TooManyUnfinished, TooMuchWaiting
from layers.core.inbox.receiving import receive
from layers.core.inbox.rechecking import (
    AlreadyUnderReview,
    IsAnEdit,
    NotWhole,
    PublishedAlready,
    WaitsToBePublished,
    forget_habit,
    recheck,
    refuse_under_review,
)
from layers.core.inbox.sending import Sending, plain_name
from layers.core.inbox.several import NamedTwice, Part, as_one, with_companions
from layers.core.inbox.uploads import UnknownUpload, Upload, locked_upload, original, received_on, upload

__all__ = [
    "PIECE_BYTES",
    "AlreadyUnderReview",
    "Arrival",
    "ArrivedAlready",
    "Expired",
    "IsAnEdit",
    "LongerThanAnnounced",
    "NamedTwice",
    "NotWhole",
    "OfSameFile",
    "Part",
    "PublishedAlready",
    "Quota",
    "QuotaExceeded",
    "Receipt",
    "Sending",
    "TooLarge",
    "TooManyUnfinished",
    "TooMuchWaiting",
    "UnknownUpload",
    "Upload",
    "WaitsToBePublished",
    "WrongOffset",
    "announce",
    "arrival",
    "as_one",
    "forget_habit",
    "locked_upload",
    "of_same_file",
    "original",
    "plain_name",
    "receive",
    "receive_beside",
    "receive_edit",
    "received_on",
    "recheck",
    "refuse_under_review",
    "remove_expired",
    "stop",
    "take",
    "upload",
    "with_companions",
]
