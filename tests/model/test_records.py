"""Records: what they write is what they read, and nothing of a newer walk is dropped."""

from __future__ import annotations

import itertools
import json
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.model_fields import Known, fields_of
from walk.model import (
    PLAN_KINDS,
    RECORDS,
    Measure,
    MeasureValue,
    Note,
    Part,
    Record,
    TallyCount,
    Trend,
    TrendCounts,
    closing_id,
    debriefing_id,
    derived,
    focus_id,
    form_id,
    hall_talk_id,
    no_person_id,
    placing_id,
    rules_id,
    trend_id,
    uuid7,
    visit_id,
)

ID, WALK = "0" * 31 + "1", "0" * 31 + "2"
KNOWN = {name for noun in RECORDS.values() for name in noun.field_names()} | {"kind"}

texts = st.text(st.characters(blacklist_categories=["Cs"]), max_size=20)
strange_names = texts.filter(lambda name: name not in KNOWN)
strange_values = st.recursive(
    st.none() | st.booleans() | st.integers() | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)


def _value_of(annotation: Any) -> st.SearchStrategy[Any]:
    """What JSON may hold for a field of this type."""
    numbers = st.integers(0, 1_439)  # within the bounds of every field that has some
    plain = {str: texts, int: numbers, bool: st.booleans(), type(None): st.none()}
    plain |= {float: st.floats(-1e12, 1e12)}
    origin, inner = get_origin(annotation), get_args(annotation)
    if annotation in plain:
        return plain[annotation]
    if origin is Annotated:
        return _value_of(inner[0])
    if origin is Literal:
        return st.sampled_from(inner)
    if origin is tuple:
        if inner[-1] is Ellipsis:
            return st.lists(_value_of(inner[0]), max_size=3)
        return st.tuples(*map(_value_of, inner)).map(list)
    if origin in (Union, UnionType):
        return st.one_of(*map(_value_of, inner))
    return _values_of(annotation)


def _fitting(known: Known) -> st.SearchStrategy[Any]:
    """What JSON may hold for this field, ids among them."""
    if known.pattern:
        return st.from_regex(known.pattern, fullmatch=True)
    return _value_of(known.annotation)


@st.composite
def _values_of(draw: st.DrawFn, noun: type[Part]) -> dict[str, Any]:
    return {
        name: draw(_fitting(known))
        for name, known in fields_of(noun).items()
        if known.required or draw(st.booleans())
    }


@st.composite
def records(draw: st.DrawFn) -> Record:
    noun = RECORDS[draw(st.sampled_from(sorted(RECORDS)))]
    known = draw(_values_of(noun))
    strange = draw(st.dictionaries(strange_names, strange_values, max_size=3))
    return noun.from_dict({**strange, **known, "id": ID, "walk": WALK})


# Bodies


@given(records())
def test_a_body_says_the_record_again(record: Record) -> None:
    again = type(record).from_body(bytes.fromhex(ID), bytes.fromhex(WALK), record.body())
    assert again == record
    assert again.body() == record.body()


@given(records(), strange_names, strange_values)
def test_an_edit_carries_what_it_does_not_know(record: Record, name: str, value: Any) -> None:
    body = json.dumps({**json.loads(record.body()), name: value})
    newer = type(record).from_body(bytes.fromhex(ID), bytes.fromhex(WALK), body)
    first = next(iter(set(type(record).field_names()) - {"id", "walk"}))
    edited = newer.changed(**{first: getattr(newer, first)})
    assert json.loads(edited.body())[name] == value


def test_what_is_inside_a_record_is_carried_too() -> None:
    body = '{"text":"5 of 7","visit":"","tally":{"count":5,"of":7,"of_them":["a"]}}'
    note = Note.from_body(bytes(16), bytes(16), body).changed(text="5 of 7 pairs")
    assert json.loads(note.body())["tally"] == {"count": 5, "of": 7, "of_them": ["a"]}


def test_names_that_python_uses_are_only_names() -> None:
    strange = {"model_config": 1, "body": "x", "__class__": "y", "self": 2, "changed": None}
    note = Note.from_body(bytes(16), bytes(16), json.dumps({"text": "", "visit": "", **strange}))
    assert json.loads(note.changed(text="z").body()) == {"text": "z", "visit": "", **strange}


def test_defaults_are_left_out_and_still_read() -> None:
    note = Note(id=ID, walk=WALK, text="words", visit="v")
    assert note.body() == '{"text":"words","visit":"v"}'
    assert note.changed(speech=True).changed(speech=False).body() == note.body()


@pytest.mark.parametrize("kind", sorted(RECORDS))
def test_a_body_of_defaults_is_readable(kind: str) -> None:
    noun = RECORDS[kind]
    required = {
        name: ID if known.pattern else "x"
        for name, known in fields_of(noun).items()
        if known.required and name not in ("id", "walk")
    }
    record = noun.from_body(bytes.fromhex(ID), bytes.fromhex(WALK), json.dumps(required))
    assert json.loads(record.body()) == required
    assert (record.id, record.walk) == (ID, WALK)


def test_an_envelope_wins_over_what_a_body_claims() -> None:
    note = Note.from_body(
        bytes.fromhex(ID), bytes.fromhex(WALK), '{"id":"x","walk":"y","text":"","visit":""}'
    )
    assert (note.id, note.walk) == (ID, WALK)


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        '"text"',
        "{",
        '{"text":3,"visit":""}',
        '{"visit":""}',
        '{"text":"","visit":"","note_kind":"score"}',
        json.dumps({"text": "x" * 20_001, "visit": ""}),
    ],
)
def test_what_cannot_be_read_is_refused(body: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        Note.from_body(bytes(16), bytes(16), body)


# Records themselves


def test_a_record_cannot_be_changed_in_place() -> None:
    note = Note(id=ID, walk=WALK, text="words", visit="v")
    with pytest.raises(AttributeError):
        note.text = "others"  # type: ignore[misc]


def test_a_change_is_checked() -> None:
    note = Note(id=ID, walk=WALK, text="words", visit="v")
    with pytest.raises(ValueError, match="Expected"):
        note.changed(text=None)
    with pytest.raises(ValueError, match="no field grade"):
        note.changed(grade=3)
    trend = Trend(id=ID, walk=WALK, theme="t")
    assert trend.changed(counts=TrendCounts(visits=3)).counts.visits == 3
    assert note.changed(tally=TallyCount(count=1, of=2)).tally == TallyCount(count=1, of=2)


@pytest.mark.parametrize("kind", sorted(RECORDS))
def test_what_is_made_of_fields_itself_is_named_as_a_part(kind: str) -> None:
    """Else the fields of a newer walk inside it would be lost."""

    def parts_in(annotation: Any) -> set[type[Part]]:
        if isinstance(annotation, type) and issubclass(annotation, Part):
            return {annotation}
        return {part for one in get_args(annotation) for part in parts_in(one)}

    noun = RECORDS[kind]
    found = {name: parts_in(known.annotation) for name, known in fields_of(noun).items()}
    assert {name: {part} for name, part in noun.parts.items()} == {
        name: parts for name, parts in found.items() if parts
    }


def test_a_record_is_checked_when_it_is_made() -> None:
    with pytest.raises(ValueError, match="length"):
        Note(id=ID, walk=WALK, text="x" * 20_001, visit="v")
    with pytest.raises(ValueError, match="surrogates"):
        Note(id=ID, walk=WALK, text="half a sign \ud800", visit="v")
    with pytest.raises(ValueError, match="Expected"):
        Note(id=ID, walk=WALK, text=None, visit="v")  # type: ignore[arg-type]


def test_lists_and_whole_numbers_are_taken_as_the_field_holds_them() -> None:
    made = Measure(id=ID, walk=WALK, step="s", values=[MeasureValue(on="", value=2)])  # type: ignore[arg-type]
    assert made == Measure(id=ID, walk=WALK, step="s", values=(MeasureValue(on="", value=2.0),))
    assert json.loads(made.body())["values"] == [{"on": "", "value": 2.0}]
    assert '"value":2.0' in made.body()
    assert hash(made) == hash(made.changed(unit=""))


def test_kinds_are_named_once() -> None:
    assert all(RECORDS[kind].kind == kind for kind in RECORDS)
    assert RECORDS.keys() >= PLAN_KINDS


@pytest.mark.parametrize("kind", sorted(RECORDS))
def test_what_a_record_belongs_to_is_a_field_of_it(kind: str) -> None:
    noun = RECORDS[kind]
    assert set(noun.parent_fields) <= set(noun.field_names())


def test_words_without_the_mark() -> None:
    def words(text: str, mark: str) -> str:
        values = {"id": ID, "walk": WALK, "visit": "v", "text": text, "mark": mark}
        return Note.from_dict(values).words

    assert words("#2 they point", "first") == "they point"
    assert words("they point  #2", "last") == "they point"
    assert words("they point #2", "") == "they point #2"
    assert words("#2", "first") == "#2"
    assert words("#2", "last") == "#2"
    assert words(" ", "first") == words(" ", "last") == " "


# Ids


@given(st.lists(st.tuples(st.integers(0, 2**48 - 1), st.binary(min_size=10, max_size=10))))
def test_ids_sort_by_the_time_they_were_made(made: list[tuple[int, bytes]]) -> None:
    by_time = sorted(made, key=lambda one: one[0])
    ids = [uuid7(at_ms, random)[:12] for at_ms, random in by_time]
    assert ids == sorted(ids)
    for at_ms, random in made:
        one = uuid7(at_ms, random)
        assert (len(one), one[12]) == (32, "7")
        assert one[16] in "89ab"
        assert int(one[:12], 16) == at_ms


def test_an_id_takes_ten_random_bytes() -> None:
    with pytest.raises(ValueError, match="10 random bytes"):
        uuid7(0, bytes(9))


@given(st.binary(min_size=10, max_size=10), st.binary(min_size=10, max_size=10))
def test_two_ids_of_one_moment_differ_by_chance_alone(one: bytes, two: bytes) -> None:
    free = [bytes([at[0] & 0x0F, at[1], at[2] & 0x3F, *at[3:]]) for at in (one, two)]
    assert (uuid7(5, one) == uuid7(5, two)) == (free[0] == free[1])


@given(st.lists(texts, max_size=4), st.lists(texts, max_size=4))
def test_derived_ids_are_alike_only_for_the_same_parts(one: list[str], two: list[str]) -> None:
    assert (derived(*one) == derived(*two)) == (one == two)


def test_parts_are_kept_apart() -> None:
    parts = [
        ("ab", "c"),
        ("a", "bc"),
        ("abc",),
        ("abc", ""),
        ("", "abc"),
        ("1:a", "b"),
        ("1:a1:b",),
    ]
    assert len({derived(*one) for one in parts}) == len(parts)


def test_every_derived_id_of_a_walk_is_its_own() -> None:
    """Two nouns made from the same ids never meet in one record."""
    a, b = ID, WALK
    made = [
        rules_id(a),
        focus_id(a),
        closing_id(a),
        debriefing_id(a),
        trend_id(a),
        visit_id(a, b),
        visit_id(b, a),
        placing_id(a, b),
        placing_id(b, a),
        form_id(a, b, a),
        form_id(a, a, b),
        hall_talk_id(a, b, a),
        hall_talk_id(a, a, b),
        no_person_id(a, b),
        rules_id(b),
    ]
    assert all(one != two for one, two in itertools.combinations(made, 2))
    assert all(len(one) == 32 and one[12] == "8" for one in made)


@pytest.mark.parametrize("moment", [-1, 2**53, 253_402_300_799_999])
@pytest.mark.parametrize("name", ["starts", "ends", "made_at"])
def test_a_moment_that_no_calendar_holds_is_not_read(name: str, moment: int) -> None:
    """It would end every screen that says it as a time of day."""
    body = json.dumps({name: moment})
    with pytest.raises(ValueError, match="Expected"):
        RECORDS["rotation"].from_body(bytes(16), bytes(16), body)
