"""The HTTP service: a SPARQL endpoint, pages behind the graph's IRIs, an API, and the explorer."""
