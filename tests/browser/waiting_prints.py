"""What the worker does with prints that wait, in a journey that orders them."""

from gisserver.cluster import DatabaseUrls
from gisserver.print_map import NO_HOSTS, draw
from layers.core.hosts import Hosts
from layers.core.profile import Profile
from layers.core.store import Store


def draw_waiting(database: DatabaseUrls, profile: Profile, hosts: Hosts = NO_HOSTS) -> None:
    """Each of them."""
    worker, web = Store(database.worker), Store(database.web)
    with worker.engine.connect() as connection:
        connection.exec_driver_sql("SELECT set_config('gis.role', 'worker', false)").all()
        waiting = connection.exec_driver_sql("SELECT id FROM ops.print WHERE state = 'waiting'").scalars().all()
    for one in waiting:
        draw(worker, web, profile, one, hosts)
    worker.close()
    web.close()
