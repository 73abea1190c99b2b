"""Awesome lists: Markdown to rows, and what their links, headings and addresses say."""
