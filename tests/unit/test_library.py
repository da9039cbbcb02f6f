"""The reader is right: corrections override what was found, survive a re-run, keep references valid, can be undone."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from newsdash.core.library import (
    Correction,
    LibraryError,
    Session,
    add,
    apply,
    corrected_date,
    corrections,
    load_session,
    save_session,
    state_directory,
    undo,
)
from newsdash.core.library.corrections import entity_at
from newsdash.core.records import Analysis, Article, Entity, Mention, Stance

from tests.made import check_evidence, from_gold, references

FOUND = from_gold()


def entity(analysis: Analysis, name: str) -> Entity:
    return next(e for e in analysis.entities if e.name == name)


def at(name: str, mention: int = 0, analysis: Analysis = FOUND) -> tuple[int, int]:
    place = entity(analysis, name).mentions[mention]
    return (place.start, place.end)


def starts(item: Entity) -> set[int]:
    return {mention.start for mention in item.mentions}


# What each correction does


def test_merge_makes_two_entities_one() -> None:
    one, two = entity(FOUND, "Dario Amodei"), entity(FOUND, "Anthropic")
    merged = apply(FOUND, [Correction(action="merge", span=at("Dario Amodei"), other=at("Anthropic"))])
    both = entity(merged, "Anthropic")
    assert len(merged.entities) == len(FOUND.entities) - 1
    assert starts(both) == starts(one) | starts(two)
    assert set(both.aliases) == set(one.aliases) | set(two.aliases)
    assert "you merged it" in {mention.reason for mention in both.mentions}
    assert one.id not in references(merged)
    assert {s.holder for s in merged.stances if s.holder_text == "Dario Amodei"} == {both.id}


def test_split_takes_one_name_away() -> None:
    alias = next(a for a in entity(FOUND, "Anthropic").aliases if a != "Anthropic")
    split = apply(FOUND, [Correction(action="split", span=at("Anthropic"), value=alias)])
    apart = entity(split, alias)
    assert {mention.text for mention in apart.mentions} == {alias}
    assert alias not in entity(split, "Anthropic").aliases
    assert starts(apart) | starts(entity(split, "Anthropic")) == starts(entity(FOUND, "Anthropic"))


def test_split_of_the_only_name_changes_nothing() -> None:
    lonely = next(e for e in FOUND.entities if len(e.aliases) == 1)
    span = (lonely.mentions[0].start, lonely.mentions[0].end)
    assert apply(FOUND, [Correction(action="split", span=span, value=lonely.aliases[0])]) == FOUND


def test_a_name_inside_another_name_is_meant_by_its_own_words() -> None:
    def named(identity: str, *spans: tuple[int, int]) -> Entity:
        mentions = tuple(Mention(start=a, end=b, text=text[a:b], kind="name", reason="") for a, b in spans)
        return Entity(id=identity, name=identity, type="ORG", aliases=(identity,), mentions=mentions)

    text = "the Trump administration and Trump"
    both = Analysis(
        article=Article(id="1", text=text),
        entities=(named("administration", (0, 24)), named("Trump", (4, 9), (29, 34))),
    )
    hidden = apply(both, [Correction(action="hide", span=(4, 9))])
    assert [e.id for e in hidden.entities] == ["administration"]


def test_of_two_holders_of_one_stance_only_the_one_that_is_meant_is_rejected() -> None:
    def holds(name: str) -> Stance:
        return Stance(
            holder=None, holder_text=name, act="warns", target=None, target_text="", polarity="against", issue="it",
            evidence=(0, 5), confidence="high",
        )  # fmt: skip

    both = Analysis(article=Article(id="1", text="words"), stances=(holds("Lask"), holds("Veldt")))
    one = Correction(action="reject", span=(0, 5), act="warns", holder="Veldt")
    assert [s.holder_text for s in apply(both, [one]).stances] == ["Lask"]
    gone = Correction(action="reject", span=(0, 5), act="warns", holder="the minister")
    assert apply(both, [gone]).stances == (), "named otherwise by a newer model, still these words"


def test_rename_retype_and_hide() -> None:
    named = apply(FOUND, [Correction(action="rename", span=at("Anthropic"), value="Anthropic PBC")])
    assert starts(entity(named, "Anthropic PBC")) == starts(entity(FOUND, "Anthropic"))
    typed = apply(FOUND, [Correction(action="retype", span=at("Anthropic"), value="PRODUCT")])
    assert entity(typed, "Anthropic").type == "PRODUCT"
    hidden = apply(FOUND, [Correction(action="hide", span=at("Anthropic"))])
    assert entity(FOUND, "Anthropic").id not in {e.id for e in hidden.entities} | references(hidden)
    assert len(hidden.stances) == len(FOUND.stances), "what a hidden actor said stays, with its words"


@pytest.mark.parametrize(
    ("value", "granularity", "certainty", "end"),
    [
        ("2026-02-27", "day", "exact", "2026-02-27"),
        ("2026-02", "month", "exact", "2026-02"),
        ("2026", "year", "exact", "2026"),
        ("2026-02-23/2026-03-01", "day", "range", "2026-03-01"),
    ],
)
def test_redate_says_that_the_reader_set_it(value: str, granularity: str, certainty: str, end: str) -> None:
    event = FOUND.events[0]
    dated = apply(FOUND, [Correction(action="redate", span=(event.start, event.end), value=value)])
    when = next(e for e in dated.events if e.id == event.id).when
    assert (when.start, when.end) == (value.split("/")[0], end)
    assert (when.granularity, when.certainty, when.reason) == (granularity, certainty, "you set this date")
    assert [e.when for e in dated.events if e.id != event.id] == [e.when for e in FOUND.events if e.id != event.id]


def test_stances_are_rejected_flipped_and_edited() -> None:
    stance = next(s for s in FOUND.stances if s.polarity == "against")
    about = {"span": stance.evidence, "act": stance.act}
    assert stance not in apply(FOUND, [Correction(action="reject", **about)]).stances
    place = FOUND.stances.index(stance)
    flipped = apply(FOUND, [Correction(action="flip", **about)]).stances[place]
    assert (flipped.polarity, flipped.confidence, flipped.reason) == ("for", "high", "you corrected it")
    edit = json.dumps({"act": "praises", "issue": "the label", "polarity": "sideways", "evidence": "none"})
    edited = apply(FOUND, [Correction(action="edit", value=edit, **about)]).stances[place]
    assert (edited.act, edited.issue) == ("praises", "the label")
    assert (edited.polarity, edited.evidence) == (stance.polarity, stance.evidence), "only what makes sense changes"


def test_a_flip_turns_the_act_around() -> None:
    stance = next(s for s in FOUND.stances if s.act == "opposes")
    flip = Correction(action="flip", span=stance.evidence, act=stance.act, holder=stance.holder_text)
    after = apply(FOUND, [flip]).stances[FOUND.stances.index(stance)]
    assert (after.act, after.polarity) == ("supports", "for")


def test_flipping_twice_restores_the_polarity() -> None:
    stance = FOUND.stances[0]
    flip = Correction(action="flip", span=stance.evidence, act=stance.act)
    assert [s.polarity for s in apply(FOUND, [flip, flip]).stances] == [s.polarity for s in FOUND.stances]


def test_the_last_date_that_was_set_counts() -> None:
    assert corrected_date([]) is None
    dates = [Correction(action="published", span=(0, 0), value=day) for day in ("2026-01-01", "2026-03-05")]
    assert corrected_date(dates) == "2026-03-05"
    assert apply(FOUND, dates) == FOUND


@pytest.mark.parametrize(
    "correction",
    [
        Correction(action="retype", span=at("Anthropic"), value="COMPANY"),
        Correction(action="redate", span=FOUND.stances[0].evidence, value="soon"),
        Correction(action="redate", span=FOUND.stances[0].evidence, value=""),
        Correction(action="edit", span=FOUND.stances[0].evidence, value="no JSON"),
        Correction(action="edit", span=FOUND.stances[0].evidence, value='{"act": 3}'),
        Correction(action="merge", span=at("Anthropic")),
        Correction(action="merge", span=at("Anthropic"), other=at("Anthropic", 1)),
        Correction(action="rename", span=(10**6, 10**6 + 3), value="X"),
        Correction(action="flip", span=(3, 4)),
    ],
)
def test_a_correction_without_sense_changes_nothing(correction: Correction) -> None:
    assert apply(FOUND, [correction]) == FOUND


def test_a_correction_survives_a_model_that_numbers_and_cuts_differently() -> None:
    rename = Correction(action="rename", span=at("Dario Amodei"), value="D. Amodei")
    others = tuple(
        msgspec.structs.replace(
            e,
            id=f"x{e.id}",
            mentions=tuple(
                m if m.end - m.start < 4 else msgspec.structs.replace(m, end=m.end - 1, text=m.text[:-1])
                for m in e.mentions
            ),
        )
        for e in reversed(FOUND.entities)
    )
    again = apply(Analysis(article=FOUND.article, entities=others), [rename])
    assert entity(again, "D. Amodei").id == f"x{entity(FOUND, 'Dario Amodei').id}"


def test_the_entity_at_a_place_is_the_one_that_shares_most_of_it() -> None:
    text_span = at("Anthropic")
    found = entity_at(FOUND, (text_span[0], text_span[1] + 1))
    assert found is not None
    assert found.name == "Anthropic"
    assert entity_at(FOUND, (0, 0)) is None


# What holds for any corrections

spans = st.sampled_from([(m.start, m.end) for e in FOUND.entities for m in e.mentions])
evidence = st.sampled_from([s.evidence for s in FOUND.stances] + [(e.start, e.end) for e in FOUND.events])
aliases = st.sampled_from([a for e in FOUND.entities for a in e.aliases])
merging_parting_naming = st.one_of(
    st.builds(Correction, action=st.just("merge"), span=spans, other=spans),
    st.builds(Correction, action=st.just("split"), span=spans, value=aliases),
    st.builds(Correction, action=st.just("rename"), span=spans, value=aliases),
)
any_correction = st.one_of(
    merging_parting_naming,
    st.builds(Correction, action=st.just("retype"), span=spans, value=aliases),
    st.builds(Correction, action=st.just("hide"), span=spans),
    st.builds(Correction, action=st.sampled_from(["reject", "flip"]), span=evidence),
    st.builds(Correction, action=st.just("redate"), span=evidence, value=st.sampled_from(["2026", "2026-02-03", "x"])),
    st.builds(Correction, action=st.just("edit"), span=evidence, value=st.text(max_size=5)),
)


@given(st.lists(any_correction, max_size=8))
def test_every_reference_stays_valid_and_every_span_evidence(decisions: list[Correction]) -> None:
    changed = apply(FOUND, decisions)
    check_evidence(changed)
    assert changed.article == FOUND.article
    assert all(e.id not in e.members for e in changed.entities)


@given(st.lists(merging_parting_naming, max_size=8))
def test_joining_and_parting_lose_no_mention(decisions: list[Correction]) -> None:
    def places(analysis: Analysis) -> list[tuple[int, int]]:
        return sorted((m.start, m.end) for e in analysis.entities for m in e.mentions)

    assert places(apply(FOUND, decisions)) == places(FOUND)


@given(any_correction)
def test_applying_is_repeatable(decision: Correction) -> None:
    assert apply(FOUND, [decision]) == apply(FOUND, [decision])


def test_an_actor_that_is_merged_into_its_group_is_no_member_of_itself() -> None:
    text = FOUND.article.text[:20]
    one, two = (
        Entity(
            id=f"e{n}",
            name=f"E{n}",
            type="ORG",
            aliases=(text[n : n + 2],),
            mentions=(Mention(start=n, end=n + 2, text=text[n : n + 2], kind="name", reason=""),),
            members=("e1",) if n == 5 else (),
        )
        for n in (1, 5)
    )
    merged = apply(
        Analysis(article=FOUND.article, entities=(one, two)), [Correction(action="merge", span=(1, 3), other=(5, 7))]
    )
    assert merged.entities[0].members == ()


# On the disk

RENAME = Correction(action="rename", span=(97, 119), value="Department of War")
FLIP = Correction(action="flip", span=(10, 160), act="warns")


def test_corrections_are_kept_in_order_and_undone_one_by_one() -> None:
    assert corrections("a") == ()
    assert add("a", RENAME) == (RENAME,)
    assert add("a", FLIP) == (RENAME, FLIP)
    assert corrections("a") == (RENAME, FLIP)
    assert corrections("b") == ()
    assert undo("a") == FLIP
    assert corrections("a") == (RENAME,)
    assert undo("a") == RENAME
    assert undo("a") is None


@settings(deadline=None)  # each writes files, and waits until they are on the disk
@given(st.lists(any_correction, max_size=5))
def test_what_is_kept_is_read_back_and_undo_restores(decisions: list[Correction]) -> None:
    for decision in decisions:
        before = corrections("h")
        assert add("h", decision) == (*before, decision)
        assert corrections("h") == (*before, decision)
        assert undo("h") == decision
        assert corrections("h") == before
        add("h", decision)


def test_only_the_owner_can_read_the_files(own_state: Path) -> None:
    add("a", RENAME)
    save_session(Session(paths=("seeds",)))
    files = [path for path in own_state.rglob("*") if path.is_file()]
    assert len(files) == 2
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in files)


def test_a_broken_file_is_named_and_never_overwritten(own_state: Path) -> None:
    add("a", RENAME)
    (file,) = (own_state / "corrections").iterdir()
    for content in ("{", '[{"action": "explode", "span": [1, 2]}]', "[]x", ""):
        file.write_text(content)
        for attempt in (lambda: corrections("a"), lambda: add("a", FLIP), lambda: undo("a")):
            with pytest.raises(LibraryError, match=r"a\.json cannot be read"):
                attempt()
        assert file.read_text() == content


def test_a_place_that_cannot_be_written_is_told(own_state: Path) -> None:
    own_state.write_text("a file where the directory should be")
    with pytest.raises(LibraryError):
        add("a", RENAME)


def test_a_crash_while_writing_leaves_the_old_file(monkeypatch: pytest.MonkeyPatch) -> None:
    add("a", RENAME)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(LibraryError, match="No space left"):
        add("a", FLIP)
    assert corrections("a") == (RENAME,)


def test_the_session_is_remembered() -> None:
    assert load_session() == Session()
    save_session(Session(paths=("a.txt", "folder"), theme="nord"))
    assert load_session() == Session(paths=("a.txt", "folder"), theme="nord")


def test_a_path_that_is_no_unicode_is_told_and_not_raised() -> None:
    with pytest.raises(LibraryError):
        save_session(Session(paths=("caf\udce9.txt",)))
    assert load_session() == Session()


def test_the_place_of_the_files_can_be_chosen(own_state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert state_directory() == own_state
    monkeypatch.delenv("NEWSDASH_STATE")
    assert state_directory().name == "newsdash"
