"""One print in a process of its own: drawn with the rights of who ordered it, kept as a file to fetch."""

import logging
import os
import sys
from contextlib import closing
from uuid import UUID

from gisserver.cluster import database_urls
from gisserver.prints.drawn_map import Pool
from gisserver.prints.letters import letters
from gisserver.prints.making import make
from gisserver.prints.order import Order
from gisserver.prints.pictures import gathered
from gisserver.settings import Settings
from layers.core.hosts import Hosts
from layers.core.print_jobs import finish_print, ordered_words, tell_print_progress
from layers.core.profile import Profile, load_profile
from layers.core.query.drawn import TooManyToDraw
from layers.core.registry import Registry
from layers.core.store import WORKER, Connection, Store
from layers.core.words import Title

TOO_DENSE = Title(
    "Bu paftaya okunamayacak kadar çok öğe düşüyor. Ölçeği büyütün (örneğin 1:1.000) ya da katmanları azaltın.",
    "More lies on this sheet than anybody could read. Choose a larger scale (such as 1:1,000) or fewer layers.",
)
INTERRUPTED = Title(
    "Çıktı tamamlanamadı. Yeniden isteyin; yinelenirse daha küçük kâğıt ya da daha az pafta seçin.",
    "The print could not be finished. Ask for it again; if that repeats, choose smaller paper or fewer sheets.",
)


NO_HOSTS = Hosts(())


class TakenBack(Exception):
    """Whoever ordered it waits no more."""


def main() -> None:
    """Draw the print named on the command line."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    settings = Settings.load(os.environ)
    urls = database_urls(settings)
    os.nice(5)
    letters(settings.data / "letters")
    hosts = Hosts.named_in(settings.map_hosts, may_be_private=settings.map_private)
    with closing(Store(urls.worker, pool_size=2)) as store, closing(Store(urls.web, pool_size=1)) as read:
        draw(store, read, load_profile(settings.profile_path), UUID(sys.argv[1]), hosts)


def draw(store: Store, read: Store, profile: Profile, print_id: UUID, hosts: Hosts = NO_HOSTS) -> None:
    """One that is gone or was drawn already is left alone; `read` has no more rights than a web process.

    `hosts` are those from which layers may be added to the map.
    """
    with store.reading(WORKER) as connection:
        words = ordered_words(connection, print_id)
    if words is None:
        return
    order = Order.parse(words)
    done = 0

    def step() -> None:
        nonlocal done
        done += 1
        with store.writing(WORKER) as connection:
            if not tell_print_progress(connection, print_id, done, order.steps):
                raise TakenBack

    try:
        pictures = gathered(order, profile, hosts, step)
        with read.reading(order.actor) as connection:
            made = make(order, Pool(connection, Registry.of_folder(), profile), step, pictures)
    except TakenBack:
        return
    except TooManyToDraw:
        _finish(store, print_id, "failed", TOO_DENSE.in_language(order.language))
        return
    missing = dict.fromkeys(sentence for of_sheet in pictures for sentence in of_sheet.troubles)
    _finish(store, print_id, "done", " ".join(missing), (made.media_type, made.body))


def give_up_print(connection: Connection, print_id: UUID) -> None:
    """Tell whoever waits for a print whose process ended in the middle."""
    words = ordered_words(connection, print_id)
    if words is not None:
        finish_print(connection, print_id, "failed", INTERRUPTED.in_language(Order.parse(words).language))


def _finish(store: Store, print_id: UUID, state: str, note: str, made: tuple[str, bytes] | None = None) -> None:
    with store.writing(WORKER) as connection:
        finish_print(connection, print_id, state, note, made)


if __name__ == "__main__":
    main()
