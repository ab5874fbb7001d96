"""Arithmetic on lists of different lengths that are kept in one array."""

import numpy as np

from demo.sample.arrays import Floats, Integers


def starts(counts: Integers) -> Integers:
    """Where each list begins."""
    return np.cumsum(counts) - counts


def owners(counts: Integers) -> Integers:
    """For every item, the list it is in."""
    return np.repeat(np.arange(len(counts)), counts)


def positions(counts: Integers) -> Integers:
    """For every item, its place in its own list, from 0."""
    return np.arange(int(counts.sum())) - np.repeat(starts(counts), counts)


def ranks(group: Integers, order: Floats) -> Integers:
    """For every item, its place in its group by `order`, from 0; equal ones keep their order."""
    sequence = np.lexsort((np.arange(len(group)), order, group))
    sorted_group = group[sequence]
    first = np.r_[True, sorted_group[1:] != sorted_group[:-1]] if len(group) else np.empty(0, dtype=bool)
    begin = np.maximum.accumulate(np.where(first, np.arange(len(group)), 0))
    found = np.empty(len(group), dtype=np.int64)
    found[sequence] = np.arange(len(group)) - begin
    return found
