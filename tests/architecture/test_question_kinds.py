"""Every kind of question can be read and drawn: adding one without either fails here, not on a client's phone."""

from salestrekker_portal.domains.questions.parsing import PARSERS
from salestrekker_portal.domains.questions.vocabulary import Kind
from salestrekker_portal.ui.questions import RENDERERS


def test_every_kind_of_question_has_a_parser_and_a_renderer():
    assert set(PARSERS) == set(Kind)
    assert set(RENDERERS) == {kind.value for kind in Kind}, "add the missing kind to ui/questions/field.py"
