"""A plan is drafted, frozen under its hash, amended with a reason; who saw results is known."""

import pytest
from sqlite_utils import Database

from coding.errors import BadInput, Conflict
from linkage import plans
from linkage.study import writing
from tests.analysis.plan.plans import a_plan


def test_a_plan_is_frozen_under_its_hash(study: Database) -> None:
    with writing(study, "test", "plan"):
        plans.save_draft(study, 1, a_plan())
        digest = plans.freeze_plan(study, 1, 1)
    found = plans.frozen_plan(study, 1)
    assert found
    assert (found["plan"], found["plan_sha256"]) == (a_plan(), digest)
    assert (found["after_answers"], found["after_results"]) == (False, False)
    with writing(study, "test", "again"), pytest.raises(BadInput, match="frozen already"):
        plans.freeze_plan(study, 1, 1)


def test_an_amendment_needs_a_reason_and_tells_that_results_were_seen(study: Database) -> None:
    with writing(study, "test", "plan"):
        plans.save_draft(study, 1, a_plan())
        first = plans.freeze_plan(study, 1, 1)
        assert plans.note_seen(study, 1, 1, "effects")
        assert not plans.note_seen(study, 1, 1, "effects")
        with pytest.raises(BadInput, match="why"):
            plans.save_draft(study, 1, a_plan(seed=2))
        assert plans.save_draft(study, 1, a_plan(seed=2), reason="a typing mistake") == 2
        assert plans.frozen_plan(study, 1)["plan_sha256"] == first  # type: ignore[index]
        plans.freeze_plan(study, 1, 1)
    found = plans.frozen_plan(study, 1)
    assert found
    assert found["version"] == 2
    assert found["after_results"]
    assert [row["name"] for row in plans.who_saw(study, 1)] == ["Ana"]


def test_two_people_do_not_overwrite_each_others_draft(study: Database) -> None:
    with writing(study, "test", "plan"):
        plans.save_draft(study, 1, a_plan())
        plans.save_draft(study, 1, a_plan(seed=1), revision=1)
        with pytest.raises(Conflict):
            plans.save_draft(study, 1, a_plan(seed=2), revision=1)
