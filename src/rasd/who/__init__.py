"""Actors: states, bodies, offices and their holders, people, and which of them a phrase means."""

from rasd.who.directory import Directory, Known, Term
from rasd.who.lexemes import ACTORS, METONYM, NISBA, STATE, Tables
from rasd.who.persons import NameShapes
from rasd.who.reader import ActorReader
from rasd.who.romanize import romanize
from rasd.who.salience import is_state, main_pair, main_states, may_mean, resolve_pronoun
from rasd.who.tenure import office_intervals

SECTIONS = (ACTORS,)

__all__ = [
    "METONYM",
    "NISBA",
    "SECTIONS",
    "STATE",
    "ActorReader",
    "Directory",
    "Known",
    "NameShapes",
    "Tables",
    "Term",
    "is_state",
    "main_pair",
    "main_states",
    "may_mean",
    "office_intervals",
    "resolve_pronoun",
    "romanize",
]
