"""Focus templates: the twelve we ship, and what a file may hold."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walk import focus
from walk.errors import TemplateError

SHIPPED_FOLDER = Path(__file__).resolve().parent.parent / "focus_templates"
IDS = re.findall(
    r"\w+",
    """building_on_ideas press_for_evidence cognitive_demand writing_about_reasoning
    linking_representations intellectual_authority multilingual_access disability_access
    write_pair_whole complex_text thinking_in_view virtual_participation""",
)
GOOD = """\
name = "Reading aloud"
focus = "Reading together."
inquiry = "In what ways am I reading aloud so that students hear how a text moves?"
fits = ["any content"]

[[look_for]]
name = "Eyes on the page"
text = "Where do students look while a text is read?"
about = "students"

[[look_for]]
name = "Pauses"
text = "What happens when the reader pauses?"
about = "teacher"

[[look_for]]
name = "What is read"
text = "What does the text ask readers to imagine?"
about = "task"
"""


def written(folder: Path, text: str, name: str = "reading_aloud.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def with_look_fors(number: int) -> str:
    """The text of a template with so many look-fors, named 0, 1 …"""
    one = '[[look_for]]\nname = "{}"\ntext = "What?"\nabout = "task"\n'
    return GOOD[: GOOD.index("[[look_for]]")] + "".join(one.format(n) for n in range(number))


def refusal(folder: Path, text: str) -> str:
    """What read_template says of a file with this text."""
    with pytest.raises(TemplateError) as caught:
        focus.read_template(written(folder, text))
    return caught.value.message


class TestShipped:
    def test_there_are_twelve_in_the_order_of_their_numbers(self) -> None:
        assert [template.id for template in focus.load_templates()] == IDS

    @pytest.mark.parametrize("id", IDS)
    def test_each_is_found_by_its_id_alone(self, id: str) -> None:
        template = focus.load_template(id)
        assert template.id == id
        assert template in focus.load_templates()

    @pytest.mark.parametrize("id", IDS)
    def test_look_fors_are_few_short_and_ask(self, id: str) -> None:
        look_fors = focus.load_template(id).look_fors
        assert 3 <= len(look_fors) <= 6
        assert all(1 <= len(look_for.name) <= 28 for look_for in look_fors)
        assert all("?" in look_for.text for look_for in look_fors)
        abouts = {look_for.about for look_for in look_fors}
        assert "students" in abouts
        assert abouts & {"teacher", "task"}

    @pytest.mark.parametrize("id", IDS)
    def test_the_inquiry_fits_two_rows(self, id: str) -> None:
        inquiry = focus.load_template(id).inquiry
        assert len(textwrap.wrap(inquiry, 78)) <= 2

    @pytest.mark.parametrize("id", IDS)
    def test_no_template_judges(self, id: str) -> None:
        template = focus.load_template(id)
        texts = [template.name, template.focus, template.caution]
        texts += [look_for.text for look_for in template.look_fors]
        judging = r"\b(should|must|needs? to|effective|good|well|better|score|level)\b"
        assert [text for text in texts if re.search(judging, text, re.I)] == []

    def test_names_are_all_different(self) -> None:
        templates = focus.load_templates()
        assert len({template.name for template in templates}) == len(templates)
        assert len({template.inquiry for template in templates}) == len(templates)

    def test_what_stays_out_of_sight_online_is_said(self) -> None:
        assert "Small rooms" in focus.load_template("virtual_participation").caution
        assert focus.load_template("press_for_evidence").caution == ""


class TestReadme:
    readme = (SHIPPED_FOLDER / "README.md").read_text(encoding="utf-8")

    def test_its_example_is_read_given_two_more_look_fors(self, tmp_path: Path) -> None:
        example = re.findall(r"```toml\n(.*?)```", self.readme, re.S)[0]
        table = example[example.index("[[look_for]]") :]
        others = "".join(table.replace("Teacher asks", f"{who} asks") for who in ("A", "B"))
        template = focus.read_template(written(tmp_path, example + others))
        assert template.caution
        assert template.look_fors[0].about == "teacher"

    def test_it_states_the_limits_the_code_keeps(self) -> None:
        assert f"| {focus.LOOK_FOR_NAME_LONGEST} characters |" in self.readme
        assert f"| {focus.NAME_LONGEST} characters |" in self.readme
        assert f"| {focus.TEXT_LONGEST} characters |" in self.readme
        assert f"{focus.LOOK_FORS_FEWEST} to {focus.LOOK_FORS_MOST} of them" in self.readme
        assert f"most {focus.FILE_LARGEST // 1024} kilobytes" in self.readme


class TestFolders:
    def test_an_own_template_takes_the_place_of_a_shipped_one(self, tmp_path: Path) -> None:
        written(tmp_path, GOOD, "02_press_for_evidence.toml")
        templates = focus.load_templates(tmp_path)
        assert [template.id for template in templates] == IDS
        assert templates[1].name == "Reading aloud"
        assert focus.load_template("press_for_evidence", tmp_path).name == "Reading aloud"
        assert focus.load_template("press_for_evidence").name == "Pressing for evidence"

    def test_other_own_templates_come_after_ours_in_order(self, tmp_path: Path) -> None:
        for name in ("b.toml", "a.toml", "10_c.toml", "9_d.toml", "Our Own-focus.TOML"):
            written(tmp_path, GOOD, name)
        own = [template.id for template in focus.load_templates(tmp_path)][len(IDS) :]
        assert own == ["d", "c", "a", "b", "our_own_focus"]

    def test_a_folder_that_is_not_there_adds_nothing(self, tmp_path: Path) -> None:
        assert len(focus.load_templates(tmp_path / "none")) == len(IDS)

    def test_a_file_in_place_of_the_folder_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(TemplateError, match="reading_aloud"):
            focus.template_paths(written(tmp_path, GOOD))

    def test_other_files_and_hidden_ones_are_passed_over(self, tmp_path: Path) -> None:
        written(tmp_path, "not a template", "README.md")
        written(tmp_path, "\x00\x05\x16", "._01_mine.toml")
        assert list(focus.template_paths(tmp_path)) == IDS

    def test_a_broken_own_template_does_not_hide_the_others(self, tmp_path: Path) -> None:
        written(tmp_path, "name =", "mine.toml")
        written(tmp_path, GOOD, "yours.toml")
        assert focus.load_template("yours", tmp_path).name == "Reading aloud"
        assert focus.load_template("complex_text", tmp_path).id == "complex_text"
        with pytest.raises(TemplateError, match=re.escape("mine.toml, line 1")):
            focus.load_templates(tmp_path)

    def test_two_files_with_one_id_are_both_named(self, tmp_path: Path) -> None:
        written(tmp_path, GOOD, "1_mine.toml")
        written(tmp_path, GOOD, "2_mine.toml")
        with pytest.raises(TemplateError, match=r"2_mine\.toml: 1_mine\.toml is the template mine"):
            focus.template_paths(tmp_path)

    @pytest.mark.parametrize("name", ["a+b.toml", "[b]x.toml", "01_(old).toml"])
    def test_a_file_name_that_gives_no_id_is_named(self, tmp_path: Path, name: str) -> None:
        written(tmp_path, GOOD, name)
        with pytest.raises(TemplateError, match=re.escape(name)):
            focus.template_paths(tmp_path)

    def test_an_unknown_id_names_the_ids_there_are(self, tmp_path: Path) -> None:
        written(tmp_path, GOOD, "mine.toml")
        with pytest.raises(TemplateError) as caught:
            focus.load_template("press\x1b[2Jfor", tmp_path)
        assert '"press?[2Jfor"' in caught.value.message
        for id in (*IDS, "mine"):
            assert id in caught.value.mend

    def test_the_folder_in_the_package_wins_over_the_one_beside_it(self, tmp_path: Path) -> None:
        package = tmp_path / "walk"
        package.mkdir()
        with pytest.raises(TemplateError, match="missing"):
            focus._shipped_folder(package)
        (tmp_path / "focus_templates").mkdir()
        assert focus._shipped_folder(package) == tmp_path / "focus_templates"
        (package / "focus_templates").mkdir()
        assert focus._shipped_folder(package) == package / "focus_templates"


class TestRefused:
    def test_broken_toml_names_file_and_line(self, tmp_path: Path) -> None:
        said = refusal(tmp_path, GOOD.replace('about = "teacher"', 'about "teacher"'))
        assert said.startswith("reading_aloud.toml, line 14: this cannot be read as TOML")

    def test_a_mark_missing_at_the_end_names_the_last_line(self, tmp_path: Path) -> None:
        said = refusal(tmp_path, GOOD.rstrip()[:-1])
        assert said.startswith("reading_aloud.toml, line 19: ")

    @pytest.mark.parametrize(
        ("old", "new", "said"),
        [
            ('about = "teacher"', 'about = "room"', "line 14: look_for 2: about must be students,"),
            ('about = "teacher"', "about = 3", "line 14: look_for 2: about must be text"),
            ('about = "teacher"\n', "", "line 11: look_for 2: about is missing"),
            ('text = "What happens', 'txt = "What happens', "line 13: look_for 2: txt is no key"),
            ('"Pauses"', '" "', "line 12: look_for 2: name is empty"),
            ('"Pauses"', f'"{"x" * 29}"', "name must have at most 28 characters and has 29"),
            ('"Pauses"', '"Pau\\nses"', "line 12: look_for 2: name must stand on one line"),
            ('"Pauses"', '"Pau\\u2028ses"', "line 12: look_for 2: name must stand on one line"),
            ('"Pauses"', '"eyes on the PAGE"', "line 12: look_for 2: name is the name of an ear"),
            ('name = "Reading aloud"\n', "", "reading_aloud.toml: name is missing"),
            ('focus = "Reading', 'fokus = "Reading', "line 2: fokus is no key here; the keys are"),
            ('"Reading aloud"', f'"{"x" * 49}"', "line 1: name must have at most 48 characters"),
            ('"Reading together."', f'"{"x" * 401}"', "line 2: focus must have at most 400"),
            ('"any content"', "", "line 4: fits must be a list"),
            ('["any content"]', '"any content"', "line 4: fits must be a list"),
            ('"any content"', "4", "line 4: fits must be text"),
            ("[[look_for]]", "[[lookfor]]", "lookfor is no key here"),
            ('inquiry = "In', '# "In', "reading_aloud.toml: inquiry is missing."),
        ],
    )
    def test_a_wrong_key_is_named(self, tmp_path: Path, old: str, new: str, said: str) -> None:
        assert old in GOOD
        assert said in refusal(tmp_path, GOOD.replace(old, new))

    def test_a_single_bracketed_look_for_is_explained(self, tmp_path: Path) -> None:
        head = GOOD[: GOOD.index("[[look_for]]")]
        assert "[[look_for]]" in refusal(tmp_path, head + '[look_for]\nname = "a"\n')

    @pytest.mark.parametrize("number", [0, 2, 7])
    def test_too_few_or_too_many_look_fors_are_counted(self, tmp_path: Path, number: int) -> None:
        said = refusal(tmp_path, with_look_fors(number))
        assert f"look_for must stand 3 to 6 times and stands {number}" in said

    def test_three_and_six_look_fors_and_28_characters_are_read(self, tmp_path: Path) -> None:
        for number in (3, 6):
            text = with_look_fors(number).replace('"0"', f'"{"x" * 28}"')
            assert len(focus.read_template(written(tmp_path, text)).look_fors) == number

    def test_no_line_is_claimed_where_long_text_could_mislead(self, tmp_path: Path) -> None:
        text = 'caution = """\n[[look_for]]\nabout = "x"\n"""\n' + GOOD
        said = refusal(tmp_path, text.replace('about = "teacher"', 'about = "room"'))
        assert said.startswith("reading_aloud.toml: look_for 2: about must be")

    def test_other_encodings_name_the_line(self, tmp_path: Path) -> None:
        path = tmp_path / "reading_aloud.toml"
        path.write_bytes(GOOD.replace("Pauses", "Pausé").encode("latin-1"))
        with pytest.raises(TemplateError, match="line 12: not UTF-8 text"):
            focus.read_template(path)

    def test_a_file_that_is_not_there_or_is_a_folder_is_named(self, tmp_path: Path) -> None:
        for path in (tmp_path / "none.toml", tmp_path):
            with pytest.raises(TemplateError, match=re.escape(path.name)):
                focus.read_template(path)

    @pytest.mark.parametrize(
        "text",
        [GOOD + "#" * focus.FILE_LARGEST, "name = " + "[" * 50_000, "name = " + "9" * 50_000],
        ids=["large", "deep", "long"],
    )
    def test_a_file_made_to_trouble_the_reader_is_refused(self, tmp_path: Path, text: str) -> None:
        assert refusal(tmp_path, text).startswith("reading_aloud.toml")


class TestHostileText:
    @pytest.mark.parametrize("code", [0x00, 0x07, 0x08, 0x0B, 0x0D, 0x1B, 0x7F, 0x80, 0x9B])
    @pytest.mark.parametrize("old", ["Pauses", "Where do", "Reading together", "any content"])
    def test_control_characters_are_refused(self, tmp_path: Path, code: int, old: str) -> None:
        said = refusal(tmp_path, GOOD.replace(old, f"\\u{code:04x}{old}"))
        assert "holds a control character" in said

    def test_a_terminal_code_is_never_repeated(self, tmp_path: Path) -> None:
        assert "\x1b" not in refusal(tmp_path, GOOD.replace("Pauses", "\x1b[2J"))
        said = refusal(tmp_path, '"a\\u001b[2J\\n" = 1\n' + GOOD)
        assert "a?[2J? is no key here" in said

    def test_new_lines_and_tabs_are_kept(self, tmp_path: Path) -> None:
        text = GOOD.replace("What happens when", "What\\thappens\\nwhen")
        template = focus.read_template(written(tmp_path, text))
        assert template.look_fors[1].text == "What\thappens\nwhen the reader pauses?"

    def test_a_byte_order_mark_and_windows_line_ends_are_read(self, tmp_path: Path) -> None:
        path = tmp_path / "reading_aloud.toml"
        path.write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
        assert focus.read_template(path) == focus.read_template(written(tmp_path, GOOD))

    @pytest.mark.parametrize(
        "text", ["[/x] [bob] [1", "<script>", "=1+1", "$who {0} %s", "\u202eabc", "e\u0301 🙂"]
    )
    def test_text_that_means_something_elsewhere_survives(self, tmp_path: Path, text: str) -> None:
        path = written(tmp_path, GOOD.replace('"Pauses"', json.dumps(text, ensure_ascii=False)))
        assert focus.read_template(path).look_fors[1].name == text

    @given(text=st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=399))
    def test_any_other_text_survives_unchanged(
        self, tmp_path_factory: pytest.TempPathFactory, text: str
    ) -> None:
        folder = tmp_path_factory.getbasetemp()
        quoted = json.dumps(f"{text}.", ensure_ascii=False)
        path = written(folder, GOOD.replace('"Reading together."', quoted), "any.toml")
        assert focus.read_template(path).focus == f"{text}."


def test_reading_the_module_loads_nothing_that_is_slow_to_start() -> None:
    """It is imported before the first screen is painted."""
    slow = ["textual", "msgspec", "sqlite3", "sqlite_utils", "tomllib", "platformdirs", "click"]
    code = f"import sys, walk.focus; print([m for m in {slow!r} if m in sys.modules])"
    run = [sys.executable, "-c", code]
    assert subprocess.check_output(run, cwd=SHIPPED_FOLDER.parent, text=True) == "[]\n"
