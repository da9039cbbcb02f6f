"""Quotes: what counts as said, by whom, with which cue, in whose words."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from newsdash.core.extraction.entities import find_entities
from newsdash.core.extraction.quotes import find_quotes, find_said
from newsdash.core.extraction.quotes.cues import lemmas, verbs
from newsdash.core.extraction.quotes.marks import quoted
from newsdash.core.records import Entity, Mention, Quote

if TYPE_CHECKING:
    from spacy.language import Language

Read = Callable[[str], tuple[Quote, ...]]


@pytest.fixture(scope="module")
def read() -> Read:
    from newsdash.core.language import load

    nlp = load()
    return lambda text: find_quotes(nlp(text), ())


def cue(text: str, quote: Quote) -> str | None:
    return text[slice(*quote.cue)] if quote.cue else None


def speaker(text: str, quote: Quote) -> str | None:
    return text[quote.speaker.start : quote.speaker.end] if quote.speaker else None


def parts(text: str, quote: Quote) -> list[str]:
    return [text[start:end] for start, end in quote.spans]


@pytest.mark.parametrize(
    "words",
    [
        "“We will not sign it,”",
        '"We will not sign it,"',
        "‘We will not sign it,’",
        "«We will not sign it»,",
        "``We will not sign it,''",
    ],
)
def test_direct_speech_in_all_quotation_marks(read: Read, words: str) -> None:
    text = f"The talks failed on Monday. {words} said Maria Lopez, the mayor of the city."
    (quote,) = read(text)
    assert quote.kind == "direct"
    assert quote.channel == "speech"
    assert cue(text, quote) == "said"
    assert (speaker(text, quote) or "").startswith("Maria Lopez")
    assert "We will not sign it" in quote.text


def test_speech_cut_in_two_by_its_cue_is_one_quote(read: Read) -> None:
    text = "“The law is bad,” Maria Lopez said, “and it will hurt the poor. We will fight it.”"
    (quote,) = read(text)
    assert parts(text, quote) == ["“The law is bad,”", "“and it will hurt the poor. We will fight it.”"]
    assert speaker(text, quote) == "Maria Lopez"


def test_speech_runs_on_over_paragraphs_that_open_the_marks_again(read: Read) -> None:
    text = "Lopez said: “The law is bad.\n\n“It will hurt the poor.”\n\nThe vote is on Monday."
    (quote,) = read(text)
    assert len(quote.spans) == 2
    assert speaker(text, quote) == "Lopez"


def test_marks_inside_marks_belong_to_the_outer_words(read: Read) -> None:
    text = "“He told me, ‘Go home,’ and I went home,” Maria Lopez said."
    (quote,) = read(text)
    assert quote.start == 0
    assert speaker(text, quote) == "Maria Lopez"


def test_a_whole_paragraph_of_speech_goes_on_with_the_speaker_before(read: Read) -> None:
    text = (
        "“The law is bad,” Maria Lopez said.\n\n“It will hurt the poor, and nobody in this city wants it.”\n\n"
        "The vote is on Monday."
    )
    (quote,) = read(text)
    assert len(quote.spans) == 2


@pytest.mark.parametrize(
    "text",
    [
        "Maria Lopez issued a statement on the law. “It will hurt the poor, and nobody in this city wants it.”",
        "In the words of Maria Lopez, “It will hurt the poor, and nobody in this city wants it.”",
    ],
)
def test_words_that_a_statement_or_a_phrase_announces(read: Read, text: str) -> None:
    (quote,) = read(text)
    assert quote.kind == "direct"
    assert speaker(text, quote) == "Maria Lopez"


def test_words_without_a_cue_are_said_by_who_spoke_in_the_sentence_before(read: Read) -> None:
    text = "Maria Lopez said the law was unjust. “It will hurt the poor, and nobody in this city wants it.”"
    assert [(q.kind, speaker(text, q)) for q in read(text)] == [("indirect", "Maria Lopez"), ("direct", "Maria Lopez")]


def test_words_in_marks_that_nobody_says_are_no_quote(read: Read) -> None:
    assert read("The band played “Yellow Submarine” at the party on Friday.") == ()


def test_indirect_speech_has_its_clause_cue_and_whole_speaker(read: Read) -> None:
    text = "U.S. Secretary of Defense Pete Hegseth warned that the company could lose its contracts."
    (quote,) = read(text)
    assert quote.kind == "indirect"
    assert quote.channel == "paraphrase"
    assert quote.text == "that the company could lose its contracts"
    assert cue(text, quote) == "warned"
    assert speaker(text, quote) == "U.S. Secretary of Defense Pete Hegseth"


def test_mixed_speech(read: Read) -> None:
    text = "Maria Lopez said the new law was “a disgrace for the whole country.”"
    (quote,) = read(text)
    assert quote.kind == "mixed"
    assert quote.text.endswith("“a disgrace for the whole country.”")


@pytest.mark.parametrize(
    "text",
    [
        "The bridge will be closed for two weeks, officials said.",
        "The bridge, officials said, will be closed for two weeks.",
        "As officials said, the bridge will be closed for two weeks.",
    ],
)
def test_the_cue_may_stand_after_or_inside_the_content(read: Read, text: str) -> None:
    (quote,) = read(text)
    assert speaker(text, quote) == "officials"
    assert "".join(parts(text, quote)).replace(",", "").replace(" ", "").lower() == "thebridgewillbeclosedfortwoweeks"


@pytest.mark.parametrize(
    ("text", "contents"),
    [
        ("Lopez said the talks were useful and praised both sides.", ["the talks were useful", "both sides"]),
        ("Lopez said he was searched and accused of theft.", ["he was searched and accused of theft"]),
        (
            "Lopez told reporters on Monday that nobody was paid and that the trip had cost a fortune.",
            ["that nobody was paid and that the trip had cost a fortune"],
        ),
        ("Six trees fell on the line; nobody was hurt, the operator said on Monday.", ["nobody was hurt"]),
        ("OSLO, June 8 (Staff) — The tunnel will close, the operator said.", ["The tunnel will close"]),
        ("The tests in June found a rise of 12 percent, she said.", ["The tests in June found a rise of 12 percent"]),
        (
            "Lopez said the bill was false, according to a copy of the letter.",
            ["Lopez said the bill was false", "the bill was false"],
        ),
        ("She described the checks as routine.", ["the checks as routine"]),
    ],
)
def test_where_reported_words_begin_and_end(read: Read, text: str, contents: list[str]) -> None:
    assert [q.text for q in read(text)][: len(contents)] == contents


def test_speech_goes_on_after_a_semicolon(read: Read) -> None:
    text = '"The raid deserves an answer", the agency said; and, later, "The army has been told to get ready".'
    (quote,) = read(text)
    assert len(quote.spans) == 2


def test_in_the_view_of_somebody(read: Read) -> None:
    text = "Lopez was furious. In her view, the plan will cost jobs. The so-called “smart” bridge was closed."
    (quote,) = read(text)
    assert (cue(text, quote), speaker(text, quote)) == ("In her view", "her")
    assert quote.text == "the plan will cost jobs"


def test_what_nobody_said_is_not_listed(nlp: Language) -> None:
    text = "Lopez did not say whether she will run. Grant declined to say how he voted. He said that he is ill."
    assert [q.text for q in find_said(nlp(text), ())[1]] == ["that he is ill"]


def test_what_is_only_asked_or_offered_is_an_act_and_nothing_said(nlp: Language) -> None:
    text = (
        "Lopez urged the council to close the bridge. Grant offered to resign. "
        "He said the bridge was safe. Lopez promised to “fix every bolt.”"
    )
    attributed, said = find_said(nlp(text), ())
    assert len(attributed) == 4
    assert [q.text for q in said] == ["the bridge was safe", "to “fix every bolt.”"]


def test_orders_and_promises_have_an_infinitive(read: Read) -> None:
    text = "President Trump ordered all agencies to cease work on Friday. The company promised to appeal."
    order, promise = read(text)
    assert (cue(text, order), order.text.split()[:2]) == ("ordered", ["to", "cease"])
    assert (cue(text, promise), speaker(text, promise)) == ("promised", "The company")


def test_according_to(read: Read) -> None:
    text = "According to the police, two men robbed the bank on Monday."
    (quote,) = read(text)
    assert cue(text, quote) == "According to"
    assert speaker(text, quote) == "the police"
    assert quote.text == "two men robbed the bank on Monday"


def test_a_report_of_another_newsroom_is_a_third_party(read: Read) -> None:
    text = "According to a report by the Financial Times, the company will open a new plant in Ohio."
    (quote,) = read(text)
    assert quote.channel == "third party"


def test_documents_and_polls_speak(read: Read) -> None:
    text = "A new poll shows that most voters oppose the plan. The letter warned that the ban would cost jobs."
    poll, letter = read(text)
    assert (speaker(text, poll), poll.channel) == ("A new poll", "document")
    assert (speaker(text, letter), letter.channel) == ("The letter", "document")


def test_anonymous_sources_keep_their_words(read: Read) -> None:
    text = "Sources familiar with the matter said the two sides were close to a deal."
    (quote,) = read(text)
    assert speaker(text, quote) == "Sources familiar with the matter"
    assert quote.speaker is not None
    assert quote.speaker.entity is None


@pytest.mark.parametrize(
    ("text", "said_by", "said"),
    [
        ("Silicon Valley Warns Tech Crackdowns Hurt U.S.\n\nIt rained.", "Silicon Valley", "Tech Crackdowns Hurt U.S"),
        ("Poll: Most Voters Oppose New Tax Plan\n\nIt rained.", "Poll", "Most Voters Oppose New Tax Plan"),
    ],
)
def test_headlines(read: Read, text: str, said_by: str, said: str) -> None:
    (quote,) = read(text)
    assert speaker(text, quote) == said_by
    assert quote.text == said


def test_captions_are_no_headlines(read: Read) -> None:
    assert read("Image: The White House In Washington\n\nIt rained.") == ()


def test_what_stands_inside_reported_words_is_no_quote_of_its_own(read: Read) -> None:
    text = "Maria Lopez said she believes that the plan is good."
    assert [cue(text, quote) for quote in read(text)] == ["said"]


def test_words_that_the_reported_one_gives_to_a_third_are_kept(read: Read) -> None:
    text = "Maria Lopez said that the police claimed that the road was closed."
    assert [cue(text, quote) for quote in read(text)] == ["said", "claimed"]


def test_wishes_are_no_quotes(read: Read) -> None:
    assert read("Maria Lopez wants to buy a new house in the country.") == ()


def test_the_speaker_is_the_entity_of_the_name_not_of_its_employer(nlp: Language) -> None:
    text = "A spokeswoman for Apple said the phone was safe. Apple chief Tim Cook said it was cheap."

    def entity(ident: str, name: str, starts: tuple[int, ...]) -> Entity:
        mentions = tuple(Mention(start=s, end=s + len(name), text=name, kind="name", reason="") for s in starts)
        return Entity(id=ident, name=name, type="ORG", aliases=(name,), mentions=mentions)

    apple = entity("e1", "Apple", (text.index("Apple"), text.index("Apple chief")))
    cook = entity("e2", "Tim Cook", (text.index("Tim Cook"),))
    spokeswoman, chief = find_quotes(nlp(text), (apple, cook))
    assert spokeswoman.speaker is not None
    assert spokeswoman.speaker.entity is None
    assert chief.speaker is not None
    assert chief.speaker.entity == "e2"


def test_every_form_of_a_cue_verb_is_known() -> None:
    expected = {"says": "say", "said": "say", "saying": "say", "admitted": "admit", "denies": "deny", "wrote": "write"}
    assert {form: lemmas().get(form) for form in expected} == expected
    assert {verb.group for verb in verbs().values()} >= {"say", "tell", "order", "promise", "claim", "think"}


def test_apostrophes_are_no_quotation_marks() -> None:
    assert quoted("The teachers' union and the '90s kids don't like 'em, and it isn't ours.") == ()


def test_an_open_mark_ends_with_its_paragraph() -> None:
    text = "He said: “We are here.\nNobody answered."
    (mark,) = quoted(text)
    assert text[mark.start : mark.end] == "“We are here."


PIECES = st.sampled_from(
    ["“", "”", '"', "'", "‘", "’", "«", "»", "``", "''", "\n", " ", ". ", ", ", ": ", "said", "Lopez", "according to",
     "that", "he", "warned", "the law is bad", "Says", "\0", "(", "—", "1234"]
)  # fmt: skip


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(PIECES, max_size=40))
def test_whatever_the_text_spans_are_evidence(nlp: Language, pieces: list[str]) -> None:
    text = "".join(pieces)
    quotes = find_quotes(nlp(text), ())
    assert quotes == find_quotes(nlp(text), ())
    for quote in quotes:
        assert text[quote.start : quote.end] == quote.text
        assert (quote.spans[0][0], quote.spans[-1][1]) == (quote.start, quote.end)
        edges = [edge for span in quote.spans for edge in span]
        assert edges == sorted(edges)
        assert all(start < end for start, end in quote.spans)
        for span in (quote.cue, quote.speaker and (quote.speaker.start, quote.speaker.end)):
            assert span is None or 0 <= span[0] < span[1] <= len(text)


def test_who_is_named_in_the_words_does_not_say_them(nlp: Language) -> None:
    text = "Anna Corvall praised the minister. “Maria Veldt kept her word,” she said."
    doc = nlp(text)
    entities = find_entities(doc)
    names = {e.id: e.name for e in entities}
    spoken = [q for q in find_quotes(doc, entities) if q.kind == "direct"]
    assert [names.get((q.speaker and q.speaker.entity) or "") for q in spoken] == ["Anna Corvall"]


def test_a_subject_with_a_clause_of_its_own_tells_and_is_not_told(nlp: Language) -> None:
    text = "Anna Corvall, who led the talks, told parliament that the survey had convinced her."
    (quote,) = find_quotes(nlp(text), ())
    assert text[quote.start : quote.end] == "that the survey had convinced her"


def test_a_sentence_that_goes_on_after_the_cue_belongs_to_reported_words(nlp: Language) -> None:
    text = "The film matters because “most people know nothing of it,” Anna Corvall said. “We have no idea.”"
    found = find_quotes(nlp(text), ())
    assert any(text[slice(*q.spans[-1])] == "“We have no idea.”" and q.speaker is not None for q in found)
