"""The reader of Markdown lists: lines to blocks, blocks to entries, an entry to its title and links."""
