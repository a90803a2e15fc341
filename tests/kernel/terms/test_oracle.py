"""Terms of three years against a computation that was written another way."""

from tests.kernel.terms.oracle import agreeing


def test_terms_end_where_another_computation_says() -> None:
    kinds, changes = agreeing(500, seed=500)
    # Every kind of term was among them, and some that end where the clock changes.
    assert kinds == 18
    assert changes >= 20
