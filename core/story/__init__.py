"""Many analyses, one story."""

from newsdash.core.story.actors import ActorJoin, ActorRegister, explain_actors, join_actors

__all__ = ["ActorJoin", "ActorRegister", "explain_actors", "join_actors"]
