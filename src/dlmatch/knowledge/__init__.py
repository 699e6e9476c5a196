"""Turns seeds/ and taxonomy/ into what the matcher and the judges know; checks and builds them."""
