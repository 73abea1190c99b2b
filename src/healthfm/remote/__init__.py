"""The graph in other people's SPARQL 1.1 servers: brought there whole, asked there as here."""
