"""Training of the learned parts of the extraction; needs torch (``pip install newsdash[train]``)."""
