"""Whom a pronoun means: the speaker goes on, who is only talked about does not."""

import pytest
from newsdash.core.extraction.entities import find_entities
from newsdash.core.extraction.quotes import find_quotes
from spacy.language import Language


@pytest.mark.parametrize(
    ("text", "pronoun", "name"),
    [
        (
            "Danish President Mads Brandt caused an outcry on Monday by calling the island his. He stood by the words on "
            "Friday. Chief negotiator Ivik Lynge said the islanders had a right to their own state. He said talks should "
            "begin.", "He said", "Ivik Lynge",
        ),
        (
            "Prime Minister Carlos Rey spoke to the deputies about the budget. The prime minister was calm. Minister of "
            "Transport Pedro Lima praised the plan as a new page. He thanked the deputies.", "He thanked", "Pedro Lima",
        ),
        (
            "Harbour Line cut its fares on Monday. The Dockers' Federation criticised the step and called a strike. "
            "It said the firm had broken its word.", "It said", "The Dockers' Federation",
        ),
    ],
)  # fmt: skip
def test_who_spoke_last_is_meant_though_another_was_named_more_often(
    nlp: Language, text: str, pronoun: str, name: str
) -> None:
    at = text.index(pronoun)
    found = [e for e in find_entities(nlp(text)) if any(m.start == at for m in e.mentions)]
    assert [name.removeprefix("The ") in e.name for e in found] == [True]


def test_each_pronoun_says_why_it_was_joined(nlp: Language) -> None:
    found = find_entities(nlp("Ana Ruiz met Tom Berg in Oslo. She thanked him."))
    reasons = {m.text: m.reason for e in found for m in e.mentions if m.kind == "pronoun"}
    assert reasons == {"She": "she: likeliest that fits", "him": "him: likeliest that fits"}


@pytest.mark.parametrize("words", ["He described Berg as a patient man.", "He told the crews that Berg had left."])
def test_a_subject_is_nobody_whom_its_own_predicate_names(nlp: Language, words: str) -> None:
    text = f"Marko Hale met the pilots on Friday. Anton Berg was there, and Berg spoke after him. {words}"
    at = text.index(words)
    assert [e.name for e in find_entities(nlp(text)) if any(m.start == at for m in e.mentions)] == ["Marko Hale"]


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("The results of a survey by Nordbank showed that few families save money.", "The results", "Nordbank"),
        ("The army's statement said that the bridge had been closed.", "statement said", "army"),
        ("Ana Ruiz wrote to the mayor. A letter by Ruiz said that the bridge was unsafe.", "A letter", "Ana Ruiz"),
        (
            "Nordbank said in a statement on Monday that it would sell its branches. The statement warned that some "
            "clients would have to wait.", "The statement", "Nordbank",
        ),
    ],
)  # fmt: skip
def test_who_made_a_document_speaks_in_it(nlp: Language, text: str, words: str, name: str) -> None:
    doc = nlp(text)
    entities = find_entities(doc)
    names = {e.id: e.name for e in entities}
    at = text.index(words)
    said = [
        q.speaker for q in find_quotes(doc, entities) if q.speaker is not None and q.speaker.start <= at < q.speaker.end
    ]
    assert [name in names[s.entity or ""] for s in said] == [True]


def test_who_is_quoted_by_a_newsroom_speaks(nlp: Language) -> None:
    text = "The newspaper quoted Foreign Minister Ana Ruiz as saying that Spain would oppose the treaty."
    doc = nlp(text)
    found = [q.speaker for q in find_quotes(doc, find_entities(doc))]
    assert [text[s.start : s.end] for s in found if s is not None] == ["Foreign Minister Ana Ruiz"]
