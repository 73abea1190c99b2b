"""The YAML reader: nothing is lost silently, nothing hostile gets far."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthfm.catalog.yaml_reader import MAX_BYTES, YamlFault, read_yaml


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("country: NO", {"country": "NO"}),
        ("v: 1.10", {"v": "1.10"}),
        ("t: 12:30:45", {"t": "12:30:45"}),
        ("d: 2024-01-02", {"d": "2024-01-02"}),
        ("n: 0x1F", {"n": "0x1F"}),
        ("n: 1_000", {"n": "1_000"}),
        ("n: 2019", {"n": 2019}),
        ("b: yes", {"b": "yes"}),
        ("b: true", {"b": True}),
        ("s: '2019'", {"s": "2019"}),
        ("\ufeffa: b", {"a": "b"}),
    ],
)
def test_scalars_stay_what_people_wrote(text: str, value: object) -> None:
    """Only integers, true, false and null mean something; all else is text."""
    assert read_yaml(text.encode()).value == value


@pytest.mark.parametrize(
    ("data", "line", "message"),
    [
        (b"", 1, "the file is empty"),
        (b"# only a comment\n", 1, "the file is empty"),
        (b"a: 1\n---\nb: 2\n", 2, "a second document starts here"),
        (b"a: 1\na: 2\n", 2, "duplicate key 'a'"),
        (b"1: a\n1: b\n", 2, "duplicate key '1'"),
        (b"a: &x [1]\nb: *x\n", 1, "anchor '&x' is not allowed"),
        (b"a: *x\n", 1, "alias '*x' is not allowed"),
        (b"a: !!python/object/apply:os.system [ls]\n", 1, "tag"),
        (b"name: caf\xe9\n", 1, "byte 9 (0xe9) is not UTF-8"),
        (b"a: b\nc: \xff\n", 2, "byte 8 (0xff) is not UTF-8"),
        (b'a: "\\ud800"\n', 1, "not valid YAML|escaped control character or surrogate"),
        (b'a: "\\0"\n', 1, "escaped control character"),
        (b"a: [1, 2\n", 2, "not valid YAML"),
        (b"a: b: c\n", 1, "not valid YAML"),
        (b"[" * 60, 1, "nested deeper than 50 levels"),
        (b"[" * 100_000, 1, "nested deeper than 50 levels|exceeded maximum nesting depth"),
        (b"{" * 100_000, 1, "a key must be plain text|exceeded maximum nesting depth"),
        (b"x" * (MAX_BYTES + 1), 1, "the limit is 1,000,000"),
    ],
)
def test_hostile_input_is_one_clear_fault(data: bytes, line: int, message: str) -> None:
    """Each kind of bad input has a line and a message of its own, and none ends the process."""
    with pytest.raises(
        YamlFault, match=f"^.*({message.replace('(', '[(]').replace(')', '[)]')})".replace("*x", "[*]x")
    ) as fault:
        read_yaml(data)
    assert fault.value.line == line


def test_huge_integers_are_text() -> None:
    """A number that no count can be is left as text for the schema to refuse."""
    assert read_yaml(b"n: " + b"9" * 5000).value == {"n": "9" * 5000}


@given(st.binary(max_size=300))
def test_any_bytes_give_a_value_or_a_fault(data: bytes) -> None:
    """No input raises anything but a fault."""
    try:
        read_yaml(data)
    except YamlFault:
        return
