"""Files made from records, for other programs."""
