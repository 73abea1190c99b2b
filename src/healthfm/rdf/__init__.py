"""Entries to triples: making, inferring, validating and writing the graph."""
