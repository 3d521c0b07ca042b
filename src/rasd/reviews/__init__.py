"""What people say of the events that Rasd read: accepted, corrected, refused, missed; and what that tells of Rasd."""

from rasd.reviews.errors import ReviewError
from rasd.reviews.giving import Reviewer
from rasd.reviews.knowledge import Knowledge

__all__ = ["Knowledge", "ReviewError", "Reviewer"]
