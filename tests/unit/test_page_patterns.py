"""How a profile spells the addresses of parcels and plans."""

import pytest

from layers.core.page_patterns import BadPagePattern, PagePatterns, parse_page_patterns


def test_a_profile_without_a_word_about_it_has_plain_addresses():
    patterns = parse_page_patterns({})
    assert patterns == PagePatterns()
    assert patterns.parcel.parts == ("district", "neighbourhood", "block", "parcel")


def test_another_cadastre_has_other_words_fewer_parts_and_another_order():
    patterns = parse_page_patterns({"parcel": "parcelle/{district}/section/{block}/{parcel}"})
    assert (patterns.parcel.word, patterns.parcel.parts) == ("parcelle", ("district", "block", "parcel"))
    assert patterns.plan.word == "plan"


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"street": "street/{name}"}, "pages.street is not known"),
        ({"parcel": "{block}/{parcel}"}, "pages.parcel must be a word and parts"),
        ({"parcel": "Parsel/{block}/{parcel}"}, "pages.parcel must be a word and parts"),
        ({"parcel": "parsel/{block}"}, "pages.parcel must name block, parcel and may name district"),
        ({"parcel": "parsel/{block}/{parcel}/{owner}"}, "pages.parcel must name block, parcel"),
        ({"parcel": "parsel/{block}/{parcel}/{block}"}, "each once"),
        ({"plan": "plan/{name}"}, "pages.plan must name number, once"),
        ({"parcel": "plan/{block}/{parcel}"}, "both begin with “plan”"),
    ],
)
def test_what_cannot_be_is_refused_by_name(said, sentence):
    with pytest.raises(BadPagePattern, match=sentence):
        parse_page_patterns(said)
