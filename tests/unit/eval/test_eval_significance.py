"""Means are true means, draws are seeded, and the tests find differences that are there and no others."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from summarize_eval.significance import approximate_randomization, interval, paired_bootstrap, resampled_means

TESTS = [paired_bootstrap, approximate_randomization]


def scores(seed: int, documents: int = 300, columns: int = 3) -> np.ndarray:
    return np.random.default_rng(seed).random((documents, columns))


@given(st.lists(st.floats(0, 1), min_size=2, max_size=30))
@settings(deadline=None)
def test_the_mean_is_the_mean_and_lies_in_its_interval(values: list[float]) -> None:
    found = interval(np.array(values)[:, None], samples=200)
    assert found.mean[0] == np.mean(values)
    assert min(values) - 1e-9 <= found.low[0] <= found.high[0] <= max(values) + 1e-9


def test_equal_seeds_give_equal_intervals() -> None:
    data = scores(0)
    assert np.array_equal(interval(data, seed=1).low, interval(data, seed=1).low)
    assert not np.array_equal(interval(data, seed=1).low, interval(data, seed=2).low)


def test_resampling_equals_drawing_documents_one_by_one() -> None:
    data = scores(1, documents=50)
    drawn = np.random.default_rng(7).integers(50, size=(20, 50), dtype=np.int32)
    np.testing.assert_allclose(resampled_means(data, 20, seed=7), data[drawn].mean(axis=1))


def test_the_interval_is_as_wide_as_theory_has_it() -> None:
    data = scores(2, documents=2000)
    found = interval(data, samples=2000)
    expected = 2 * 1.96 * data.std(axis=0) / np.sqrt(2000)
    np.testing.assert_allclose(found.high - found.low, expected, rtol=0.1)


@pytest.mark.parametrize("test", TESTS)
def test_p_values_are_uniform_where_nothing_differs(test) -> None:  # type: ignore[no-untyped-def]
    rng = np.random.default_rng(3)
    base, other = rng.random((120, 400)), rng.random((120, 400))
    p = test(base, other, samples=300)
    assert 0.01 < (p < 0.05).mean() < 0.11
    assert 0.4 < np.median(p) < 0.6


@pytest.mark.parametrize("test", TESTS)
def test_a_real_difference_is_found_and_equal_systems_are_equal(test) -> None:  # type: ignore[no-untyped-def]
    base = scores(4)
    better = base + np.random.default_rng(5).normal(0.05, 0.1, base.shape)
    assert (test(base, better, samples=999) <= 0.01).all()
    assert (test(base, base) == 1).all()
    np.testing.assert_allclose(test(base, better), test(better, base), atol=0.01)


def test_randomization_equals_all_swaps_of_few_documents() -> None:
    base, other = scores(6, documents=8, columns=1), scores(7, documents=8, columns=1)
    gap = (other - base)[:, 0]
    signs = 1 - 2 * ((np.arange(256)[:, None] >> np.arange(8)) & 1)
    exact = (np.abs(signs @ gap) >= abs(gap.sum()) - 1e-12).mean()
    assert approximate_randomization(base, other, samples=20_000)[0] == pytest.approx(exact, abs=0.02)


def test_no_documents_and_no_samples() -> None:
    assert np.isnan(interval(np.empty((0, 2))).mean).all()
    found = interval(scores(8), samples=0)
    assert np.isnan(found.low).all()
    assert not np.isnan(found.mean).any()
