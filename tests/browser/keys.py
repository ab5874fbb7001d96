"""Moving by keyboard alone."""

from playwright.sync_api import Locator, Page

_MOST = 120


def tab_to(page: Page, wanted: Locator) -> None:
    """Until the control has the focus."""
    for _ in range(_MOST):
        page.keyboard.press("Tab")
        if wanted.evaluate("control => control === document.activeElement"):
            return
    raise AssertionError(f"Tab never comes to {wanted}.")
