"""Proposes terms for the taxonomy from documents of one's own."""
