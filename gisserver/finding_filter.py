"""Which findings a request asks for; the page's form and the API say it by the same names."""

from collections.abc import Mapping

from flask_babel import get_locale
from flask_babel import gettext as _

from gisserver.errors import Refused
from layers.core.inbox_views import SEVERITIES, FindingFilter

LONGEST_WORDS = 200
LARGEST_ID = 2**63 - 1


def finding_filter(arguments: Mapping[str, str]) -> FindingFilter:
    """`severity`, `rule`, `q` and `id`; empty ones choose nothing, as a form sends them."""
    severity, number = arguments.get("severity") or None, arguments.get("id") or None
    if severity is not None and severity not in SEVERITIES:
        raise Refused(_("“severity” is one of %(known)s.", known=", ".join(SEVERITIES)), parameter="severity")
    if number is not None and not (number.isdecimal() and int(number) <= LARGEST_ID):
        raise Refused(_("“id” is the number of a finding."), parameter="id")
    return FindingFilter(
        severity=severity,
        rule=arguments.get("rule") or None,
        words=arguments.get("q", "").strip()[:LONGEST_WORDS],
        language=str(get_locale()),
        finding_id=int(number) if number else None,
    )
