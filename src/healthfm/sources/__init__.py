"""What others wrote down: lists, model cards, Ecosystem Graphs, BibTeX; what their links and titles say."""
