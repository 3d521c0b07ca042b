"""Other forms: what is kept written as PLOVER, CAMEO, GDELT, tables, JSON-LD and calendars, and event tables read."""

from rasd.exchange.errors import ExchangeError
from rasd.exchange.forms import IMPORTS, Form, export, exports, read
from rasd.exchange.records import joined, of_file, records_in, to_record
from rasd.exchange.tally import BadRow, Tally
from rasd.exchange.told import Told, chosen, of_chronicle, of_events, of_record

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
    "joined",
    "of_chronicle",
    "of_events",
    "of_file",
    "of_record",
    "read",
    "records_in",
    "to_record",
]
