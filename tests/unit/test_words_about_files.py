"""What is said about a file is said in the languages of the place, with the same facts."""

from pathlib import Path

from importers.broken import BasedOnLater
from importers.findings import finding_text
from importers.wording import in_every_language, languages_read, number_in_words
from layers.core.profile import load_profile
from layers.core.words import Title

PROFILES = Path(__file__).parents[2] / "profiles"


def test_the_sentence_of_a_rule_is_whole_in_french():
    facts = {"storeys": 4, "height": 30.5, "low": 10.0, "high": 16.0, "line": 3, "ref": "z-1"}
    assert finding_text("height_fits_storeys", facts, "fr") == (
        "Ligne 3, z-1\u00a0: La hauteur maximale de 4 niveaux est donnée à 30,50 m\u00a0; on attendrait 10,00 à "
        "16,00 m. Corrigez-les d’après le document."
    )


def test_a_file_that_cannot_be_used_says_so_in_every_language():
    told = BasedOnLater(epoch=9, newest=7).as_failure()["text"]
    assert told["fr"].startswith(
        "Le paquet a été pris à la publication 9, mais la dernière publication est ici 7\u00a0:"
    )
    assert told.keys() == {"tr", "en", "fr"}


def test_a_fact_that_is_a_name_is_told_in_the_language_of_its_sentence():
    told = in_every_language(Title("{what}: yok", "{what}: gone"), {"what": [Title("Parseller", "Parcels").written]})
    assert told == {"tr": "Parseller: yok", "en": "Parcels: gone", "fr": "Parcelles: gone"}


def test_a_fact_without_french_words_is_told_in_english():
    facts = {"columns": [{"tr": "Nitelik", "en": "Land use"}], "count": 1, "ref": "w-1"}
    said = finding_text("bundle_columns_there", facts, "fr")
    assert said.startswith("w-1\u00a0: 1 colonnes du paquet manquent dans le fichier\u00a0: Land use.")


def test_what_is_kept_for_each_record_is_kept_in_the_languages_of_the_place():
    assert languages_read(load_profile(PROFILES / "izmir.toml").languages) == ("tr", "en")
    assert languages_read(load_profile(PROFILES / "epinay.toml").languages) == ("tr", "en", "fr")


def test_numbers_are_written_as_in_french():
    assert number_in_words(1312.4, "fr") == "1\u202f312,40"
