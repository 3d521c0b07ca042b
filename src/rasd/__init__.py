"""Rasd reads Arabic news and keeps the record of who did what to whom, when and where, on whose word.

>>> import rasd
>>> record = rasd.read("التقى الرئيس الروسي نظيره التركي في إسطنبول.", published="2016-10-10")
>>> record.events[0].type
'CONSULT'
"""

from importlib.metadata import PackageNotFoundError, version

from rasd.reader import Reader, read
from rasd.record import Record

try:
    __version__ = version("rasd")
except PackageNotFoundError:  # read from a checkout that was never installed
    __version__ = "0.0.0"

__all__ = ["Reader", "Record", "__version__", "read"]
