"""Rule files that a person wrote: what is wrong is told with the file, the line and what was meant."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from contractlens.errors import RuleError
from contractlens.rulebook import Rulebook, load_rules
from contractlens.rulebook.loading import read_duration, rules_folder
from contractlens.rulebook.phrases import Vocabulary, parse_all
from contractlens.rulebook.proving import prove
from contractlens.values import Duration

RULE = """id: audit/short-notice
title: They may audit you
clause_kind: audit
category: liability
status: draft
match:
  audit:
    - "<vendor> ...6 audit+"
needs: [audit]
findings:
  - when: anything else
    severity: low
    say: "{vendor} may audit you."
examples:
  should_match:
    - {text: Provider may audit Customer's records.}
"""


def playbook(folder: Path, text: str = RULE, name: str = "audit/short-notice.yml") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return folder


def told(folder: Path) -> str:
    with pytest.raises(RuleError) as error:
        load_rules(folder)
    return str(error.value)


def test_a_playbook_is_laid_over_the_rules_that_come_along(tmp_path: Path) -> None:
    rulebook = load_rules(playbook(tmp_path))
    assert set(rulebook.rules) == {*load_rules().rules, "audit/short-notice"}
    assert all(p.holds for p in prove(rulebook, "audit/short-notice"))


def test_a_rule_of_the_same_id_takes_the_place_of_ours(tmp_path: Path) -> None:
    ours = rules_folder() / "law" / "governing-law.yml"
    playbook(tmp_path, ours.read_text().replace("status: stable", "") + "\n# mine\n", "law/governing-law.yml")
    retitled = (tmp_path / "law" / "governing-law.yml").read_text().splitlines()
    playbook(tmp_path, "\n".join("title: Mine" if line.startswith("title:") else line for line in retitled), "law/governing-law.yml")
    assert load_rules(tmp_path).rules["law/governing-law"].spec.title == "Mine"


def test_limits_and_word_lists_are_added(tmp_path: Path) -> None:
    (tmp_path / "limits.yml").write_text("renewal_notice: 45 days\nseats: 12\n")
    (tmp_path / "words.yml").write_text("lists:\n  inspections: [audit, inspection]\n")
    rulebook = load_rules(playbook(tmp_path, RULE.replace("audit+", "@inspections")))
    assert rulebook.limits["renewal_notice"] == Duration(45, "day")
    assert rulebook.limits["seats"] == 12
    assert "uptime_percent" in rulebook.limits
    assert "inspections" in rulebook.words.lists
    assert "uptime" in rulebook.words.lists


def test_a_retired_rule_is_not_loaded_and_a_name_with_an_underscore_is_no_rule(tmp_path: Path) -> None:
    playbook(tmp_path, RULE.replace("draft", "retired"))
    playbook(tmp_path, "nonsense: [", "_drafts.yml")
    assert "audit/short-notice" not in load_rules(tmp_path).rules


SLIPS = {
    "an unknown word": ("severity: low", "severty: low", 12, 'Did you mean "severity"?'),
    "an unknown word at the top": ("needs:", "need:", 9, 'Did you mean "needs"?'),
    "a word that is not offered": ("severity: low", "severity: lowest", 12, "'high', 'medium' or 'low'"),
    "no title": ("title: They may audit you\n", "", 1, '"title" is missing'),
    "no YAML": ("match:", "match: [", None, "no valid YAML"),
    "a star": ("audit+", "audit*", 8, "write renew+ for the forms of renew"),
    "a list that is not there": ("audit+", "@audits", 8, "no word list 'audits'"),
    "a group that is not there": ("needs: [audit]", "needs: [audits]", 1, "There are: audit"),
    "no examples for a stable rule": ("status: draft", "status: stable", 1, "three sentences that match and three that must not"),
    "findings without a category": ("category: liability\n", "", 1, "a rule with findings needs one"),
}


@pytest.mark.parametrize(("before", "after", "line", "meant"), SLIPS.values(), ids=SLIPS)
def test_a_slip_is_told_with_its_file_its_line_and_what_was_meant(tmp_path: Path, before: str, after: str, line: int | None, meant: str) -> None:
    assert before in RULE
    message = told(playbook(tmp_path, RULE.replace(before, after)))
    where = f"{tmp_path / 'audit' / 'short-notice.yml'}, line {line}: " if line else f"{tmp_path / 'audit' / 'short-notice.yml'}, line "
    assert message.startswith(where)
    assert meant in message


def test_a_condition_that_cannot_be_read_is_a_slip_too(tmp_path: Path) -> None:
    message = told(playbook(tmp_path, RULE.replace("when: anything else", "when: notice is longer then 3 days")))
    assert 'Did you mean "is longer than"?' in message
    assert "line 11" in message


@pytest.mark.parametrize(
    ("file", "text", "meant"),
    [("limits.yml", "notice: a while\n", "Write a duration such as  30 days"), ("words.yml", "list: {}\n", 'Did you mean "lists"?')],
)
def test_slips_in_the_files_beside_the_rules(tmp_path: Path, file: str, text: str, meant: str) -> None:
    (tmp_path / file).write_text(text)
    message = told(tmp_path)
    assert message.startswith(str(tmp_path / file))
    assert meant in message


def test_a_rule_that_leaves_the_topic_to_another_must_name_one_that_is_there(tmp_path: Path) -> None:
    folder = playbook(tmp_path, RULE.replace("needs: [audit]", "needs: [audit]\nabout: renewal/what-renew"))
    with pytest.raises(RuleError, match=r'short-notice.yml, line 10: there is no rule "renewal/what-renew"'):
        load_rules(folder)


def test_an_id_must_be_the_path(tmp_path: Path) -> None:
    assert 'must be the folder and file name: "audit/other"' in told(playbook(tmp_path, name="audit/other.yml"))


def test_a_folder_that_is_not_there_is_told() -> None:
    assert "there is no such folder" in told(Path("no/such/folder"))


@pytest.mark.parametrize(
    ("text", "duration"),
    [("30 days", Duration(30, "day")), ("1 year", Duration(1, "year")), ("5 business days", Duration(5, "day", business=True)), ("P6M", Duration(6, "month"))],
)
def test_durations_of_rule_files(text: str, duration: Duration) -> None:
    assert read_duration(text) == duration


def test_every_rule_that_another_names_is_there() -> None:
    rules = load_rules().rules
    for rule in rules.values():
        assert [other for other in (*rule.spec.see_also, *rule.spec.yields_to) if other not in rules] == [], rule.id


def test_the_template_is_a_rule_that_proves_itself(tmp_path: Path) -> None:
    (tmp_path / "termination").mkdir()
    shutil.copy(rules_folder() / "_template.yml", tmp_path / "termination" / "suspension.yml")
    rulebook = load_rules(tmp_path)
    assert [p.text for p in prove(rulebook, "termination/suspension") if not p.holds] == []


def test_the_page_about_rules_names_every_word_of_the_language() -> None:
    from contractlens.rulebook.conditions import COMPARISONS
    from contractlens.rulebook.phrases import KINDS
    from contractlens.rulebook.schema import RuleSpec

    page = (rules_folder() / "README.md").read_text()
    template = (rules_folder() / "_template.yml").read_text()
    known = [*COMPARISONS, *KINDS, *(k for k in RuleSpec.model_fields if k != "see_also")]
    assert [word for word in known if word not in page and word not in template] == []


def test_the_page_about_rules_writes_phrases_that_can_be_read() -> None:
    rulebook: Rulebook = load_rules()
    vocabulary = Vocabulary(rulebook.words.lists, rulebook.words.forms, rulebook.words.phrases)
    page = (rules_folder() / "README.md").read_text()
    for phrase in ("renew+", "(this agreement | the contract)", "@sla ...4 <notice: duration>", "<party> [written]"):
        assert parse_all(phrase, vocabulary)
        for part in phrase.split(" ...4 "):
            assert part.split()[0].strip("(") in page.replace("\\|", "|")
