"""walk language: a program asks line by line, a person reads words; neither meets a trace."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from walk.cli import walk
from walk.commands.language import LONGEST_LINE

FLAG_KEYS = ["start", "end", "category", "message", "suggestion"]


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WALK_STORE", str(tmp_path / "one.walkdb"))


def run(said: str | bytes, *options: str, code: int = 0) -> Result:
    result = CliRunner().invoke(walk, ["language", *options], input=said, color=True)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert result.exit_code == code, result.output
    assert "\x1b" not in result.output
    return result


def answers(*lines: str | bytes, options: tuple[str, ...] = (), code: int = 0) -> list[Any]:
    data = b"\n".join(one if isinstance(one, bytes) else one.encode() for one in lines)
    return [json.loads(row) for row in run(data, "--json", *options, code=code).stdout.splitlines()]


class TestPrograms:
    def test_each_line_is_answered_in_the_fixed_shape(self) -> None:
        text = "S1 points to line 4. T did a great job."
        (answer,) = answers(json.dumps({"id": 7, "kind": "noticing", "text": text}))
        assert list(answer) == ["id", "flags"]
        (flag,) = answer["flags"]
        assert list(flag) == FLAG_KEYS
        assert "great job" in text[flag["start"] : flag["end"]]
        assert flag["category"] == "praise"
        assert flag["message"].endswith("?")
        assert flag["suggestion"]

    def test_places_are_characters_also_behind_wide_signs(self) -> None:
        text = "👩‍👧 é — T did a great job."
        (answer,) = answers(json.dumps({"text": text}, ensure_ascii=False))
        flag = answer["flags"][0]
        assert text[flag["start"] : flag["end"]].endswith("great job")

    @pytest.mark.parametrize("id", [0, "a\x1b[2J", None, 1.5, [1, {"b": "é"}], {"c": None}, True])
    def test_the_id_is_copied_as_it_was_given(self, id: object) -> None:
        assert answers(json.dumps({"id": id, "text": "5 of 7 wrote"})) == [{"id": id, "flags": []}]

    def test_the_kind_decides_and_is_noticing_when_left_out(self) -> None:
        text = "Do students care?"
        asked = [{"kind": "wondering", "text": text}, {"kind": "noticing", "text": text}]
        wondering, noticing, bare = answers(*map(json.dumps, [*asked, {"text": text}]))
        assert wondering["flags"]
        assert noticing["flags"] == bare["flags"] != wondering["flags"]

    @pytest.mark.parametrize(
        ("line", "id", "why"),
        [
            ("nope", None, "cannot be read as JSON"),
            ("[1]", None, "no JSON object"),
            ('{"id": 3}', 3, '"text" must be there'),
            ('{"id": 3, "text": 4}', 3, '"text" must be there'),
            ('{"id": 3, "text": "a", "kind": "praise"}', 3, '"kind" must be'),
            ('{"id": 3, "text": "a", "kind": null}', 3, '"kind" must be'),
            ('{"id": 3, "text": "a", "kind": ["noticing"]}', 3, '"kind" must be'),
            ('{"id": NaN, "text": "a"}', None, "NaN is no JSON number"),
            ('{"id": 1e999, "text": "a"}', None, "no JSON number"),
            ('{"id": ' + "9" * 5000 + ', "text": "a"}', None, "cannot be read as JSON"),
            ('{"id": ' + "[" * 60_000, None, "Too many brackets"),
            (b'{"id": 3, "text": "caf\xe9"}', None, "not UTF-8"),
            (json.dumps({"id": 3, "text": "a " * 10_001}), 3, "longer than a note can be"),
            ('"' + "a" * LONGEST_LINE, None, "longer than 1,000,000 bytes"),
        ],
        ids=lambda value: str(value)[:30],
    )
    def test_a_line_that_cannot_be_read_is_told_and_the_rest_goes_on(
        self, line: str | bytes, id: object, why: str
    ) -> None:
        good = '{"id": "next", "text": "5 of 7 wrote"}'
        told, after = answers(line, good, code=1)
        assert (list(told), told["id"]) == (["id", "error"], id)
        assert why in told["error"]
        assert after == {"id": "next", "flags": []}

    def test_blank_lines_are_skipped_and_a_mark_of_utf8_is_no_fault(self) -> None:
        line = b'{"id": 1, "text": "5 of 7 wrote"}'
        assert len(answers(b"\xef\xbb\xbf" + line, b"", b"  \r", line + b"\r")) == 2
        assert answers(b"") == []

    def test_half_characters_harm_nothing(self) -> None:
        (answer,) = answers(r'{"id": "\ud800", "text": "T did a great \udfffjob \ud83d"}')
        assert answer["id"] == "\ud800"

    def test_a_pipe_that_goes_on_is_answered_line_by_line(self, tmp_path: Path) -> None:
        command = [sys.executable, "-m", "walk", "language", "--json"]
        pipe = subprocess.PIPE
        with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True) as running:
            assert running.stdin
            assert running.stdout
            for number in (1, 2):
                running.stdin.write(json.dumps({"id": number, "text": "S1 wrote"}) + "\n")
                running.stdin.flush()
                assert json.loads(running.stdout.readline()) == {"id": number, "flags": []}
            running.stdout.close()  # nobody reads on: it ends without a word
            running.stdin.write('{"text": "S1 wrote"}\n' * 3)
            running.stdin.close()
            assert running.wait(20) == 1
            assert running.stderr
            assert running.stderr.read() == ""
        assert os.listdir(tmp_path) == []  # no store was made

    def test_it_loads_neither_screen_nor_store_nor_records(self) -> None:
        code = (
            "import io, sys; from walk.cli import main\n"
            "sys.argv = ['walk', 'language', '--json']\n"
            "try: main()\nexcept SystemExit: pass\n"
            "print(sorted({'textual', 'msgspec', 'sqlite3', 'walk.model'} & set(sys.modules)))"
        )
        command = [sys.executable, "-c", code]
        done = subprocess.run(command, input='{"text": "x"}\n', capture_output=True, text=True)
        assert done.stdout.splitlines()[-1] == "[]"


class TestPeople:
    def test_a_sentence_and_beneath_it_question_and_stem(self) -> None:
        said = run("T did a great job.\n").stdout.splitlines()
        assert said[0] == "T did a great job."
        assert said[1].startswith("  “")
        assert said[1].endswith("?")
        assert said[2].startswith("    ")
        assert not any(word in "\n".join(said[1:]) for word in ("praise", "flag", "wrong"))

    def test_nothing_found_is_said_in_words(self) -> None:
        assert run("14 of 22 wrote\n\n").stdout == "14 of 22 wrote\n  Nothing caught the eye.\n"

    def test_a_question_mark_first_makes_a_wondering(self) -> None:
        said = run("? Do students care?\nDo students care?").stdout
        first, second = said.split("\nDo students")
        assert first.startswith("? Do students care?\n  “")
        assert "“Do students care" not in second

    def test_rubbish_and_terminal_codes_are_harmless(self) -> None:
        said = run(b"\xff\xfe\x00 T did \x1b]0;x\x07\n" + b"w" * (LONGEST_LINE + 9) + b"\nS1 wrote")
        first, *_, long, told, last, _ = said.stdout.splitlines()
        assert first.startswith("��")
        assert (len(long), long[0], long[-1], last) == (76, "w", "…", "S1 wrote")
        assert "longer than a note can be" in told
        assert "\x07" not in said.stdout

    def test_at_a_terminal_it_says_how_to_use_it(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("click.testing._NamedTextIOWrapper.isatty", lambda _: True)
        assert run("").stderr.startswith("Type a sentence and press Enter")
        assert '{"id": 1' in run("", "--json").stderr


class TestOwnWords:
    TEXT = "T knocked it out of the park at 9:10. Exit slips lay ready."

    def ask(self, *options: str) -> list[str]:
        (answer,) = answers(json.dumps({"text": self.TEXT}), options=options)
        return [self.TEXT[flag["start"] : flag["end"]] for flag in answer["flags"]]

    def test_a_file_that_is_named_adds_and_allows(self, tmp_path: Path) -> None:
        file = tmp_path / "ours.toml"
        file.write_text('allow = ["a great job"]\n[add]\nrating = ["exit slips"]\n', "utf-8")
        assert "Exit slips" in self.ask("--words", str(file))
        assert "Exit slips" not in self.ask()
        job = json.dumps({"text": "T did a great job."})
        assert answers(job, options=("--words", str(file)))[0]["flags"] == []

    def test_the_usual_file_lies_beside_the_store(self, tmp_path: Path) -> None:
        (tmp_path / "wording.toml").write_text('[add]\nrating = ["exit slips"]\n', "utf-8")
        assert "Exit slips" in self.ask()

    def test_a_broken_usual_file_is_told_and_the_work_goes_on(self, tmp_path: Path) -> None:
        (tmp_path / "wording.toml").write_text("add = 3\n", "utf-8")
        said = run("S1 wrote")
        assert "Nothing caught the eye" in said.stdout
        assert said.stderr.startswith("walk: Wording help goes on without your own words. wording")

    def test_a_broken_file_that_was_named_is_refused(self, tmp_path: Path) -> None:
        for name in ("none.toml", "."):
            said = run("S1 wrote", "--words", str(tmp_path / name), code=1)
            assert said.stdout == ""
            assert said.stderr.startswith("walk: ")
