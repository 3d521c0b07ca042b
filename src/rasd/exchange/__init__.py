"""Other forms: what is kept written as PLOVER, CAMEO, GDELT, tables, JSON-LD and calendars, and event tables read."""

from rasd.exchange.errors import ExchangeError
from rasd.exchange.forms import IMPORTS, Form, export, exports, read
from rasd.exchange.records import of_file, to_record
from rasd.exchange.tally import BadRow, Tally
from rasd.exchange.told import Told, chosen, of_chronicle, of_record

__all__ = [
    "IMPORTS",
    "BadRow",
    "ExchangeError",
    "Form",
    "Tally",
    "Told",
    "chosen",
    "export",
    "exports",
    "of_chronicle",
    "of_file",
    "of_record",
    "read",
    "to_record",
]
