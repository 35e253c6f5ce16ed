"""What every story and every rule owes to the next reader."""

from __future__ import annotations

import ast
import inspect
import textwrap

import pytest

from contracts.catalogue import RULES, Rule, rule_named
from scenarios.library import STORIES, stories_for
from scenarios.mutants import MUTANTS
from scenarios.script import Scenario

BRANCHES = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.Try, ast.IfExp, ast.comprehension, ast.Match)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_a_story_is_linear(story: Scenario) -> None:
    tree = ast.parse(textwrap.dedent(inspect.getsource(story.play)))
    found = [type(node).__name__ for node in ast.walk(tree) if isinstance(node, BRANCHES)]
    assert not found, f"{story.name} branches ({found}): move it into a verb of the stage"


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_a_story_tells_itself_in_its_docstring(story: Scenario) -> None:
    assert len(story.tells) > 40, f"{story.name} needs a docstring that a trainer can read aloud"


def test_no_two_stories_share_a_name() -> None:
    names = [story.name for story in STORIES]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_of_the_catalogue_has_a_story(rule: Rule) -> None:
    assert stories_for(rule.id), (
        f"No story proves {rule.id}: write one in scenarios/library, or remove the rule"
    )


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_of_the_catalogue_has_a_mutant_that_a_story_kills(rule: Rule) -> None:
    mutants = [mutant for mutant in MUTANTS if mutant.rule == rule]
    assert mutants, f"Nothing breaks {rule.id} on purpose: add a mutant in scenarios/mutants"
    for mutant in mutants:
        claiming = {story.name for story in stories_for(rule.id)}
        assert claiming.intersection(mutant.killed_by), f"No story that claims {rule.id} kills {mutant.name}"


def test_rules_have_distinct_ids_and_sentences() -> None:
    assert len({rule.id for rule in RULES}) == len({rule.says for rule in RULES}) == len(RULES)
    assert all(rule_named(rule.id) is rule for rule in RULES)
    assert rule_named("NO-SUCH-RULE") is None


def test_a_story_can_be_asked_for_by_rule_by_family_and_by_name() -> None:
    story = STORIES[0]
    assert story in stories_for(story.proves[0].id.lower())
    assert story in stories_for(story.family)
    assert stories_for(story.name) == (story,)
    assert stories_for("NO-SUCH-RULE") == ()
