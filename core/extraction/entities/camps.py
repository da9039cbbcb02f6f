"""Political camps: "the pro-democracy camp", and what is said of it in one word ("pro-democracy lawmakers")."""

from __future__ import annotations

from newsdash.core.extraction.entities.actors import Actor, Place
from newsdash.core.extraction.entities.knowledge import group_words
from newsdash.core.extraction.entities.naming import Naming
from newsdash.core.extraction.entities.phrases import Phrase
from newsdash.core.extraction.entities.roles import Layout

_STEM = 9  # letters that "pan-democracy", "pan-democrat" and "pan-democratic" must share


class Camps:
    """The camps of one article by the word before "camp"."""

    def __init__(self, layout: Layout, naming: Naming) -> None:
        self._layout, self._naming = layout, naming
        self._by_word: dict[str, Actor] = {}

    def read(self, phrase: Phrase) -> Actor | None:
        """The actor that "… camp" names; None for a camp of tents."""
        doc = self._layout.doc
        word = doc[phrase.head - 1].lower_ if phrase.head > phrase.core else ""
        if not _is_political(word):
            return None
        if word not in self._by_word:
            actors = self._naming.actors
            camp = Actor(len(actors), "NORP", doc[phrase.core : phrase.end].text, named=False)
            camp.plural, camp.kinds = True, {"camp"}
            actors.append(camp)
            self._by_word[word] = camp
        return self._by_word[word]

    def settle(self) -> None:
        """At the end: names and single words that say of which camp somebody is, wherever they stand."""
        if not self._by_word:
            return
        stems = {word[:_STEM]: camp for word, camp in self._by_word.items() if "-" in word and len(word) > _STEM}
        for word, camp in self._by_word.items():
            named = self._naming.by_key.get(word)
            if named is not None and named.type == "NORP" and named is not camp:
                named.become(camp, "word of this camp")
        for key, actor in self._naming.by_key.items():
            camp_ = stems.get(key[:_STEM]) if "-" in key and actor.type == "NORP" else None
            if camp_ is not None and camp_ is not actor and actor.places:
                actor.become(camp_, "word of this camp")
        for token in self._layout.doc:
            word = token.lower_
            camp_ = self._by_word.get(word) or (stems.get(word[:_STEM]) if "-" in word else None)
            if camp_ is not None and self._layout.name_at[token.i] < 0:
                camp_.places.append(Place(token.i, token.i + 1, token.i, "nominal", "word of this camp"))


def _is_political(word: str) -> bool:
    """ "pro-democracy", "localist", "opposition"; not "refugee", "summer"."""
    front = word.partition("-")[0]
    return (
        ("-" in word and front in group_words("camp front"))
        or word in group_words("camp")
        or (len(word) > 6 and word.endswith(("ist", "crat", "cratic", "cracy")))
    )
