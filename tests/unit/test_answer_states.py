"""When "not affected" may be said, and when not."""

from hypothesis import given
from hypothesis import strategies as st

from layers.answers.answer import ValueState
from layers.answers.states import Evidence, Reason, State, judge
from layers.answers.zones import value_of
from layers.core.themes import LIMIT_M2

AREAS = st.sampled_from([0.0, 0.001, LIMIT_M2, 50.0, 99.99, 99.9999, 100.0])
EVIDENCE = st.builds(
    Evidence,
    parcel_m2=st.sampled_from([0.0, 100.0]),
    covered_m2=AREAS,
    unsettled_m2=AREAS,
    hits_in_force=st.integers(0, 2),
    hits_pending=st.integers(0, 2),
    failure=st.sampled_from([None, *Reason]),
)


@given(EVIDENCE)
def test_a_no_needs_a_whole_survey_a_whole_layer_and_no_open_question(evidence):
    is_earned = (
        evidence.failure is None
        and evidence.hits_in_force == evidence.hits_pending == 0
        and evidence.parcel_m2 > 0
        and evidence.parcel_m2 - evidence.covered_m2 < LIMIT_M2
        and evidence.unsettled_m2 < LIMIT_M2
    )
    assert (judge(evidence) is State.NOT_AFFECTED) == is_earned


@given(EVIDENCE.filter(lambda evidence: evidence.hits_in_force))
def test_a_hit_in_force_affects_whatever_else_is_missing(evidence):
    assert judge(evidence) is State.AFFECTED


def test_no_evidence_at_all_is_no_coverage():
    assert judge(Evidence(parcel_m2=100.0)) is State.NO_COVERAGE


def test_a_number_beside_a_state_nobody_knows_is_not_read():
    assert value_of(5, "maybe").state is ValueState.UNKNOWN
    assert value_of(None, "value").state is ValueState.UNKNOWN
    assert value_of(5, "free").number is None
    assert value_of(0, None).number == 0
