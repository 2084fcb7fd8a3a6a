"""A value is known again by its identity, so that equal values never stand for each other."""

from __future__ import annotations

from ccclauses.model.remembered import remembered


def test_one_value_is_asked_once_for_each_key_and_an_equal_one_anew():
    asked: list[tuple[list[int], str]] = []

    @remembered
    def make(value: list[int], key: str) -> str:
        asked.append((value, key))
        return f"{value} {key}"

    one, equal = [1], [1]
    assert [make(one, "a"), make(one, "a"), make(one, "b"), make(equal, "a")] == ["[1] a", "[1] a", "[1] b", "[1] a"]
    assert [key for _, key in asked] == ["a", "b", "a"] and asked[2][0] is equal
