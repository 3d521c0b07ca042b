"""Pages and feeds from the web: `fetch` gets one address, guarded against what an address can be made to do."""

from rasd.sources.fetching.address import Address
from rasd.sources.fetching.fetcher import Fetched, Fetcher, Limits, fetch, shared
from rasd.sources.fetching.refusal import Fault, FetchError

__all__ = ["Address", "Fault", "FetchError", "Fetched", "Fetcher", "Limits", "fetch", "shared"]
