"""A stock spaCy CNN pipeline with the same components, untrained: only its speed is of interest."""

from __future__ import annotations

from newsdash.core.language.labels import NAME_TYPES
from spacy.language import Language

COMPONENTS = ("tok2vec", "tagger", "morphologizer", "parser", "trainable_lemmatizer", "ner")


def build(texts: list[tuple[list[str], list[str], list[str], list[int], list[str], list[str]]]) -> Language:
    """spaCy's defaults (HashEmbedCNN 96 x 4 shared by all), initialised with the classes of some parsed sentences.

    `texts`: (words, tags, morphs "UPOS|feats", heads with a root's own index, dependencies, lemmas) of each sentence.
    """
    import spacy
    from spacy.tokens import Doc
    from spacy.training import Example

    nlp = spacy.blank("en")
    listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96, "upstream": "tok2vec"}
    for name in COMPONENTS:
        if name == "tok2vec":
            nlp.add_pipe(name)
        else:
            nlp.add_pipe(name, config={"model": {"tok2vec": listener}})
    examples = []
    for words, tags, morphs, heads, deps, lemmas in texts:
        pos = [m.partition("|")[0] for m in morphs]
        feats = [m.partition("|")[2] for m in morphs]
        doc = Doc(nlp.vocab, words=words, tags=tags, pos=pos, morphs=feats, heads=heads, deps=deps, lemmas=lemmas)
        examples.append(Example(nlp.make_doc(doc.text), doc))
    ner = nlp.get_pipe("ner")
    for kind in NAME_TYPES:
        ner.add_label(kind)
    nlp.initialize(lambda: examples)
    return nlp
