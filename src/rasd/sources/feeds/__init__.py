"""What lists articles: feeds (RSS, Atom), maps of sites, lists of feeds (OPML), and the articles they lead to."""

from rasd.sources.feeds.following import Following
from rasd.sources.feeds.listing import Item, Listing, listed
from rasd.sources.feeds.subscriptions import Subscription, subscriptions

__all__ = ["Following", "Item", "Listing", "Subscription", "listed", "subscriptions"]
