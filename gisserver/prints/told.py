"""The sentences of a sheet: who made it, which publish it shows, in which system, whose data it is."""

from collections.abc import Iterator
from dataclasses import dataclass

from pyproj import CRS

from gisserver.prints.order import Order, Place
from gisserver.prints.pictures import Pictures
from layers.answers.figures import moment
from layers.core.epochs import Epoch
from layers.core.profile import Profile
from layers.core.words import Title


@dataclass(frozen=True)
class Told:
    """What is known when a sheet is drawn."""

    order: Order
    profile: Profile
    epoch: Epoch | None
    """The publish that is shown; None for an empty pool."""
    holds_sample: bool
    pictures: Pictures
    """Of other servers, on this sheet."""

    def say(self, title: Title, **values: object) -> str:
        """In the language of the sheet."""
        return title.in_language(self.order.language).format(**values)


def under_title(told: Told, place: Place, number: int) -> Iterator[str]:
    """Publisher, the number of the sheet, what is missing from it, what the user wrote; room may end before."""
    order = told.order
    if order.title:
        yield told.profile.title(order.language)
    if told.holds_sample:
        yield told.say(SAMPLE)
    if place.name:
        yield place.name
    if len(order.places) > 1:
        yield told.say(SHEET, number=number, count=len(order.places))
    yield from told.pictures.troubles
    if order.note:
        yield order.note
    if order.author:
        yield told.say(MADE_BY, author=order.author)


def sources(told: Told) -> Iterator[str]:
    """From the most to the least looked for."""
    language = told.order.language
    if told.epoch is not None:
        day = moment(told.epoch.published_at, language, told.profile.timezone)
        yield told.say(PAST if told.order.as_of is not None else NOW, number=told.epoch.number, day=day)
    yield told.say(SYSTEM, name=CRS.from_epsg(told.profile.storage_srid).name, srid=told.profile.storage_srid)
    if credited := dict.fromkeys(filter(None, (*told.profile.credits, *told.pictures.credits))):
        yield told.say(SOURCES, credits=", ".join(credited))
    if told.profile.licence is not None:
        yield told.say(LICENCE, name=told.profile.licence.title)
    yield told.profile.disclaimers.get(language, "")


SAMPLE = Title("Örnek veri: gerçek değildir.", "Sample data: not real.")
MADE_BY = Title("Hazırlayan: {author}", "Made by {author}")
SHEET = Title("Pafta {number} / {count}", "Sheet {number} of {count}")
NOW = Title("Veri: {number} numaralı yayın, {day}.", "Data: publish {number} of {day}.")
PAST = Title("Geçmiş durum: {number} numaralı yayın, {day}.", "A past state: publish {number} of {day}.")
SYSTEM = Title("{name} (EPSG:{srid}), koordinatlar metre.", "{name} (EPSG:{srid}), coordinates in metres.")
SOURCES = Title("Kaynak: {credits}.", "Sources: {credits}.")
LICENCE = Title("Lisans: {name}.", "Licence: {name}.")
