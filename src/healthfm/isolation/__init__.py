"""Processes that may be killed: what evaluates a query under a deadline runs in one of these."""
