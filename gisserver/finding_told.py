"""A finding as programs read it."""

from dataclasses import asdict

from layers.core.inbox_views import Finding


def told_finding(finding: Finding, language: str) -> dict[str, object]:
    """With its sentence in that language."""
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "line": finding.line,
        "ref": finding.ref,
        "sentence": finding.sentence(language),
        "place": asdict(finding.place) if finding.place else None,
        "other_line": finding.other_line,
        "other_ref": finding.other_ref,
        "area_m2": finding.area_m2,
        "width_m": finding.width_m,
        "was_there_before": finding.was_there_before,
    }
