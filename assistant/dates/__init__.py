"""Dates and times in Korean and English text, resolved against a publication date."""

from assistant.dates.find import find_dates
from assistant.dates.mention import DateMention, Written

__all__ = ["DateMention", "Written", "find_dates"]
