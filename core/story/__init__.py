"""Many analyses, one story."""

from newsdash.core.story.actors import ActorJoin, explain_actors, join_actors

__all__ = ["ActorJoin", "explain_actors", "join_actors"]
