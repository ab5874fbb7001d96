"""/: a citizen's one box."""

from flask import Blueprint, render_template, request

bp = Blueprint("home", __name__)
NAV = None


@bp.get("/")
def page() -> str:
    """The question, and below it what was found."""
    return render_template("home.html", asked=request.args.get("q", "").strip(), found=None)
