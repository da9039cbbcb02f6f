"""Many analyses, one story."""

from newsdash.core.story.actors import ActorJoin, ActorRegister, explain_actors, join_actors
from newsdash.core.story.contrasts import contrasts

__all__ = ["ActorJoin", "ActorRegister", "contrasts", "explain_actors", "join_actors"]
