"""Dlmatch inside other libraries: each module here is the only place that knows its library."""
