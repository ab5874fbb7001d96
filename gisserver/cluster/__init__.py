"""The database server: a private PostgreSQL cluster, or one that exists already."""

from gisserver.cluster.administration import copy_database, create_database, drop_database
from gisserver.cluster.cluster import Cluster
from gisserver.cluster.databases import DatabaseUrls, database_urls, ensure_roles, prepare_server
from gisserver.cluster.folders import make_data_folder
from gisserver.cluster.installation import Installation
from gisserver.cluster.trouble import ClusterError

__all__ = [
    "Cluster",
    "ClusterError",
    "DatabaseUrls",
    "Installation",
    "copy_database",
    "create_database",
    "database_urls",
    "drop_database",
    "ensure_roles",
    "make_data_folder",
    "prepare_server",
]
