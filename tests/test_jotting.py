"""Jotting: what is understood from a typed line, and that nothing of it is lost."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walk.jotting import Jot, understand

PIECES = [
    *["?", "#1", "#2", "#9", "#", "4:30", "1:02:03", "T:", "S2: ", "Ss -", "; ", " / ", "\n", " "],
    *[
        '"',
        "“",
        "”",
        "‘",
        "’",
        "'",
        "«",
        "»",
        "„",
        "'em ",
        "don't",
        "5/7 pairs",
        "14 of 22 ",
        "3 out of 4",
    ],
    *["page ", "say more", "points", "12", ".", "é", "中", "\t"],
]
lines = st.lists(st.sampled_from(PIECES), max_size=12).map("".join) | st.text(max_size=40)


def said(jot: Jot) -> list[str]:
    return [jot.words[start:end] for start, end in jot.speech]


@pytest.mark.parametrize(
    ("line", "kind", "text"),
    [
        ("S1 points to page 4", "noticing", "S1 points to page 4"),
        ("  two spaces  inside  ", "noticing", "two spaces  inside"),
        ("?What happens next?", "wondering", "What happens next?"),
        ("  ?   what happens", "wondering", "what happens"),
        ("?? what", "wondering", "? what"),
        ("why?", "noticing", "why?"),
        ("?", "wondering", ""),
        ("", "noticing", ""),
        ("4:30 S1 writes", "noticing", "4:30 S1 writes"),
    ],
)
def test_a_leading_question_mark_makes_a_wondering(line: str, kind: str, text: str) -> None:
    jot = understand(line, look_for_count=3)
    assert (jot.kind, jot.text, jot.words, jot.position_s) == (kind, text, text, None)


@pytest.mark.parametrize(
    ("line", "kind", "text", "position_s"),
    [
        ("4:30 S1 writes", "noticing", "S1 writes", 270),
        ("04:30   S1 writes", "noticing", "S1 writes", 270),
        ("1:02:03 S1 writes", "noticing", "S1 writes", 3723),
        ("95:00 S1 writes", "noticing", "S1 writes", 5700),
        ("? 4:30 what", "wondering", "what", 270),
        ("4:30 ? what", "wondering", "what", 270),
        ("? 4:30 ? what", "wondering", "? what", 270),
        ("4:30", "noticing", "", 270),
        ("4:30 5:00 what", "noticing", "5:00 what", 270),
        ("4:305 x", "noticing", "4:305 x", None),
        ("4:75 x", "noticing", "4:75 x", None),
        ("4:30, x", "noticing", "4:30, x", None),
        ("1:75:00 x", "noticing", "1:75:00 x", None),
        ("at 4:30", "noticing", "at 4:30", None),
        ("4.30 x", "noticing", "4.30 x", None),
        ("٤:٣٠ x", "noticing", "٤:٣٠ x", None),
    ],
)
def test_a_recorded_segment_has_positions(
    line: str, kind: str, text: str, position_s: int | None
) -> None:
    jot = understand(line, look_for_count=3, recorded=True)
    assert (jot.kind, jot.text, jot.position_s) == (kind, text, position_s)


@pytest.mark.parametrize(
    ("line", "look_for", "mark", "words"),
    [
        ("S1 points to the graph #2", 2, "last", "S1 points to the graph"),
        ("#2 S1 points to the graph", 2, "first", "S1 points to the graph"),
        ("#2 pencils on each desk", 2, "first", "pencils on each desk"),
        ("? #1 what do students reach for", 1, "first", "what do students reach for"),
        ("?#1 what", 1, "first", "what"),
        ("#1 both ends #2", 1, "first", "both ends #2"),
        ("#9 both ends #2", 2, "last", "#9 both ends"),
        ("#2", 2, "first", ""),
        ("in the middle #2 of it", None, "", "in the middle #2 of it"),
        ("too high #4", None, "", "too high #4"),
        ("#0 x", None, "", "#0 x"),
        ("#02 x", None, "", "#02 x"),
        ("x #2.", None, "", "x #2."),
        ("x#2", None, "", "x#2"),
        ("#2x", None, "", "#2x"),
        ('T: "Say more" #2', 2, "last", 'T: "Say more"'),
        ("T: say more #2", 2, "last", "T: say more"),
        ('S: "look at #2"', None, "", 'S: "look at #2"'),
        ('S: "look at #2', None, "", 'S: "look at #2'),
        ('S: "look at\n#2', None, "", 'S: "look at\n#2'),
        ("S: “look at #2", None, "", "S: “look at #2"),
        ("S: ‘look at #2", None, "", "S: ‘look at #2"),
        ("S: 'look at #2", None, "", "S: 'look at #2"),
        ("S: «look at #2", None, "", "S: «look at #2"),
        ("S: 'look' #2", 2, "last", "S: 'look'"),
        ("S: ‘I don’t know’ #2", 2, "last", "S: ‘I don’t know’"),
        ("S: 'I don't know' #2", 2, "last", "S: 'I don't know'"),
        ("S don't look #2", 2, "last", "S don't look"),
        ("students' work #2", 2, "last", "students' work"),
        ("give 'em the box #2", 2, "last", "give 'em the box"),
        ("maps of the '90s #2", 2, "last", "maps of the '90s"),
        ('a 12" ruler #2', 2, "last", 'a 12" ruler'),
        ('S: I got it" #2', 2, "last", 'S: I got it"'),
        ('T: "say more / S: no #2', 2, "last", 'T: "say more / S: no'),
    ],
)
def test_a_mark_at_either_end_ties_a_look_for(
    line: str, look_for: int | None, mark: str, words: str
) -> None:
    jot = understand(line, look_for_count=3)
    assert (jot.look_for, jot.mark, jot.words) == (look_for, mark, words)
    assert jot.text == line.removeprefix("?").strip()


def test_without_look_fors_a_mark_is_only_words() -> None:
    jot = understand("#1 pencil", look_for_count=0)
    assert (jot.look_for, jot.words) == (None, "#1 pencil")


def test_a_position_comes_before_the_mark() -> None:
    jot = understand("4:30 #2 T: hi", look_for_count=3, recorded=True)
    assert (jot.position_s, jot.look_for, jot.text, jot.words) == (270, 2, "#2 T: hi", "T: hi")


@pytest.mark.parametrize(
    ("line", "spans"),
    [
        ("S1 points to the graph", []),
        ('T: "Say more about that." 5 s wait', ['"Say more about that."']),
        ('asks "why" and "how"', ['"why"', '"how"']),
        ("asks “why” and ‘how’", ["“why”", "‘how’"]),
        ('mixed “why" then', ['“why"']),
        ("asks 'why' twice", ["'why'"]),
        ("says 'I don't know', sits", ["'I don't know'"]),
        ("(‘I don’t know’)", ["‘I don’t know’"]),
        ("asks «why» twice", ["«why»"]),
        ("fragt »warum« und »wie« laut", ["»warum«", "»wie«"]),
        ("S1: »weil« S2: »nein« T: gut", ["»weil«", "»nein«", "gut"]),
        ("» a point, « non », 3» wide", ["« non »"]),
        ("fragt „warum“ und „wie“ laut", ["„warum“", "„wie“"]),
        ("T: „warum?“ S: „weil“", ["„warum?“", "„weil“"]),
        ("sagt „ja”, sits", ["„ja”"]),
        ("don't, students' work, the '90s, 'em", []),
        ('5\' 2" tall, 12" ruler', []),
        ('S1 said"yes" loud', ['"yes"']),
        ('"the end is open', ['"the end is open']),
        ("says 'the end is open", ["'the end is open"]),
        ("two \"a 'b' c\" one", ["\"a 'b' c\""]),
        ("two 'a \"b\" c' one", ["'a \"b\" c'"]),
        ('one "b \'c" none', ['"b \'c"']),
        ("one ('\"a\" b') none", ["'\"a\" b'"]),
        ("two “a”“b”", ["“a”", "“b”"]),
        ('nothing "" in it " ', []),
        ("T: say more", ["say more"]),
        ("T:say more", ["say more"]),
        ("t: say more", ["say more"]),
        ("T - say more", ["say more"]),
        ("T – say more", ["say more"]),
        ("S1: yes", ["yes"]),
        ("Ss: yes", ["yes"]),
        ("Student 2: yes", ["yes"]),
        ("Teacher: yes", ["yes"]),
        ("T: why; S: because / T: ok", ["why", "because", "ok"]),
        ("T: why? S: because. T: ok", ["why?", "because.", "ok"]),
        ("T: open your books; turn to 4", ["open your books; turn to 4"]),
        ("T: why\nS: because\nall write", ["why", "because"]),
        ("T: why\nall write", ["why"]),
        ('T: "why" S: because', ['"why"', "because"]),
        ('T: he said "why" again', ['he said "why" again']),
        ('T: "say more / S: "it says" nods', ['"say more', '"it says"']),
        ("waits; T: go on", ["go on"]),
        ("T asks for more", []),
        ("T-chart on board", []),
        ("ratio S to T: 3", []),
        ("T:", []),
        ("T: / S: no", ["no"]),
    ],
)
def test_what_somebody_said(line: str, spans: list[str]) -> None:
    assert said(understand(line, look_for_count=3)) == spans


def test_speech_is_counted_in_the_words_without_the_mark() -> None:
    jot = understand("#2 T: say more", look_for_count=3)
    assert jot.words == "T: say more"
    assert said(jot) == ["say more"]


@pytest.mark.parametrize(
    ("line", "count", "of", "unit", "covered"),
    [
        ("5/7 pairs", 5, 7, "pairs", "5/7 pairs"),
        ("14 of 22 wrote before talk", 14, 22, "wrote", "14 of 22 wrote"),
        ("5 out of 7 groups", 5, 7, "groups", "5 out of 7 groups"),
        ("5 OF 7 groups", 5, 7, "groups", "5 OF 7 groups"),
        ("2 of the 3 girls", 2, 3, "girls", "2 of the 3 girls"),
        ("hands up: 14 of 22", 14, 22, "", "14 of 22"),
        ("3 of 5 in the back", 3, 5, "", "3 of 5"),
        ("(0/5 pairs)", 0, 5, "pairs", "0/5 pairs"),
        ("7/7 Ss", 7, 7, "Ss", "7/7 Ss"),
        ("5/7 pairs, then 6/7 pairs", 5, 7, "pairs", "5/7 pairs"),
        ("9/7 pairs, then 6/7 pairs", 6, 7, "pairs", "6/7 pairs"),
        ("page 4 of 7 read, 3 of 5 nod", 3, 5, "nod", "3 of 5 nod"),
        ('S: "4 of 5" and 5/7 pairs nod', 5, 7, "pairs", "5/7 pairs"),
        ("S2: „4 of 5“ 5/7 pairs nod", 5, 7, "pairs", "5/7 pairs"),
        ("2 of 3 co-teachers", 2, 3, "co-teachers", "2 of 3 co-teachers"),
        ("on task 14 of 22", 14, 22, "", "14 of 22"),
    ],
)
def test_a_tally(line: str, count: int, of: int, unit: str, covered: str) -> None:
    jot = understand(line, look_for_count=3)
    assert jot.tally
    assert (jot.tally.count, jot.tally.of, jot.tally.unit) == (count, of, unit)
    assert jot.words[jot.tally.start : jot.tally.end] == covered


@pytest.mark.parametrize(
    "line",
    [
        "4/5",
        "4/5.",
        "management: 4 out of 5.",
        "4 out of 5 in the end",
        "3/4 of students",
        "3/4 cup flour",
        "4 of 5 points",
        "4/5 stars",
        "rated 4 of 5",
        "page 4 of 7 read",
        "p. 4 of 7",
        "9/7 pairs",
        "5/7/24 pairs",
        "1.5/7 pairs",
        "5/7.5 pairs",
        "5/7pairs",
        "A5/7 pairs",
        "1234/5678 pairs",
        "18 students",
        'S: "5/7 pairs"',
        "S: 5/7 pairs",
        "5 of",
    ],
)
def test_no_tally(line: str) -> None:
    assert understand(line, look_for_count=3).tally is None


@given(lines, st.integers(-1, 12), st.booleans())
def test_every_line_is_understood_and_nothing_is_lost(
    line: str, look_for_count: int, recorded: bool
) -> None:
    jot = understand(line, look_for_count, recorded)
    stripped = line.strip()
    assert stripped.endswith(jot.text)
    taken = stripped.removesuffix(jot.text)
    assert taken.count("?") == (jot.kind == "wondering")
    assert bool(re.search(r"\d", taken)) == (jot.position_s is not None)
    assert re.fullmatch(r"[\d:?\s]*", taken)
    assert recorded or jot.position_s is None
    off_mark = {"first": f"#{jot.look_for} {jot.words}", "last": f"{jot.words} #{jot.look_for}"}
    assert jot.text.split() == off_mark.get(jot.mark, jot.words).split()
    assert (jot.look_for is None) == (jot.mark == "")
    assert jot.look_for is None or 1 <= jot.look_for <= look_for_count


@given(lines)
def test_places_lie_within_the_words(line: str) -> None:
    jot = understand(line, look_for_count=3)
    end_before = 0
    for start, end in jot.speech:
        assert end_before <= start < end <= len(jot.words)
        assert jot.words[start:end] == jot.words[start:end].strip()
        end_before = end
    if jot.tally:
        assert 0 <= jot.tally.start < jot.tally.end <= len(jot.words)
        assert jot.tally.count <= jot.tally.of
        assert not any(start <= jot.tally.start < end for start, end in jot.speech)


@given(lines)
def test_the_text_read_again_means_the_same(line: str) -> None:
    jot = understand(line, look_for_count=3)
    again = understand(jot.text, look_for_count=3)
    if again.kind == "noticing":
        assert (again.words, again.look_for) == (jot.words, jot.look_for)
        assert (again.speech, again.tally) == (jot.speech, jot.tally)


def test_a_full_note_is_read_at_once() -> None:
    """The largest note in awkward shapes; by squares each would take many seconds."""
    shapes = [
        "'em ",
        '"',
        "' ",
        " 'a",
        "“",
        ";T: x",
        "5 of 7 ",
        "4 of the 5 points ",
        "a",
        "a ",
        "\n",
    ]
    for shape in shapes:
        line = "x" + shape * (20_000 // len(shape)) + "x"
        start = time.process_time()
        understand(line, look_for_count=3, recorded=True)
        assert time.process_time() - start < 2
