"""Days as readers of a language write them."""

from __future__ import annotations

from qmsplan.model.wording import period_text, short_date

__all__ = ["period_text", "short_date"]
