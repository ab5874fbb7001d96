"""People read the titles of listed values; files and filters keep the words of the list."""

import pytest

from tests.edits import Drawn, open_editor
from tests.worlds import WEST, square

PLANS = "/api/collections/plans/items"


@pytest.fixture
def plan(database) -> None:
    with open_editor(database) as editor:
        facts = {"plan_no": "NIP-1", "name": "Merkez", "status": "on_display"}
        editor.publish(WEST, "plans", {"p-1": Drawn(square(0, 0), facts)})


@pytest.mark.parametrize(("language", "title"), [("tr", "askıda"), ("en", "on display")])
def test_pages_say_the_title_in_the_readers_language(client, plan, language, title):
    for path in (f"{PLANS}?f=html&properties=status", f"{PLANS}/p-1?f=html"):
        page = client.get(f"{path}{'&' if '?' in path else '?'}lang={language}").get_data(as_text=True)
        assert f">{title}<" in page


def test_files_and_filters_keep_the_word_of_the_list(client, plan):
    found = client.get(f"{PLANS}?f=csv&filter=status='on_display'").get_data(as_text=True)
    assert "on_display" in found
    assert client.get(f"{PLANS}?status=on_display").get_json()["features"][0]["properties"]["status"] == "on_display"
