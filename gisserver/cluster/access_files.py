"""Who may connect: accounts of this machine, known to the operating system, through the socket only."""

_ROLES = ("gis_owner", "gis_web", "gis_worker", "postgres")

HOST_ACCESS = "local all all peer map=gis\n"
"""pg_hba.conf"""


def user_map(account: str) -> str:
    """pg_ident.conf: root, postgres and the account that runs the service may take each role."""
    accounts = sorted({"root", "postgres", account})
    return "".join(f'gis "{name}" {role}\n' for name in accounts for role in _ROLES)
