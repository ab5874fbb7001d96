"""What is said about a bundle is said in French too, with the same facts."""

from string import Formatter

import pytest

from importers.broken import BasedOnAnotherPool, BasedOnLater, SeveralBases
from importers.findings import finding_text, known_rule
from importers.wording import languages_of, number_in_words
from layers.core.words import Title

RULES = (
    "both_sides_changed",
    "bundle_base_readable",
    "bundle_base_told",
    "bundle_columns_there",
    "bundle_layers_known",
    "nothing_undone_since",
    "pool_moved_on",
)


def facts_of(words: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(words) if name}


def assert_french(words: Title) -> None:
    assert words.fr is not None
    assert words.in_language("fr") == words.fr != words.en
    assert facts_of(words.fr) == facts_of(words.en)


@pytest.mark.parametrize("rule_id", RULES)
def test_each_rule_speaks_french(rule_id):
    rule = known_rule(rule_id)
    for words in (rule.title, rule.text, rule.cause, rule.remedy):
        assert_french(words)


@pytest.mark.parametrize("broken", [BasedOnAnotherPool, BasedOnLater, SeveralBases])
def test_a_bundle_that_cannot_be_used_is_told_so_in_french(broken):
    assert_french(broken.words)


def test_a_fact_without_french_words_is_told_in_english():
    facts = {"columns": [{"tr": "Nitelik", "en": "Land use"}], "count": 1, "ref": "w-1"}
    said = finding_text("bundle_columns_there", facts, "fr")
    assert said.startswith("w-1 : 1 colonnes du paquet manquent dans le fichier : Land use.")


def test_what_is_not_written_in_french_is_not_said_in_it():
    assert languages_of(Title("bir", "one", "un"), Title("iki", "two")) == ("tr", "en")
    assert languages_of(Title("bir", "one", "un")) == ("tr", "en", "fr")


def test_numbers_are_written_as_in_french():
    assert number_in_words(1312.4, "fr") == "1\u202f312,40"
