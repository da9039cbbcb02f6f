"""Rebuilds the language model from the corpora: ``python -m core.language.training --corpora DIR``."""
