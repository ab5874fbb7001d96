"""What a profile may say about reviewing."""

import pytest

from layers.core.review_rules import BadReviewRule, ReviewRules, parse_review_rules


def test_a_profile_without_a_word_about_it_lets_one_person_decide_and_trusts_nobody():
    rules = parse_review_rules({}, frozenset({1}))
    assert rules == ReviewRules()
    assert (rules.sender_may_accept, rules.accepter_may_publish, rules.trusted_districts) == (True, True, frozenset())


def test_what_is_said_is_taken():
    said = {"sender_may_accept": False, "trusted_districts": [1], "attention": {"deletes": 3, "far_m": 500}}
    rules = parse_review_rules(said, frozenset({1, 2}))
    assert (rules.sender_may_accept, rules.trusted_districts) == (False, frozenset({1}))
    assert (rules.attention.deletes, rules.attention.far_m) == (3, 500.0)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"four_eyes": True}, "review.four_eyes is not known"),
        ({"sender_may_accept": "no"}, "must be true or false"),
        ({"trusted_districts": [9]}, "there is no district 9"),
        ({"attention": {"deleted": 3}}, "review.attention.deleted is not known"),
        ({"attention": {"deletes": -1}}, "must be a number"),
    ],
)
def test_what_cannot_be_is_refused_by_name(said, sentence):
    with pytest.raises(BadReviewRule, match=sentence):
        parse_review_rules(said, frozenset({1}))
