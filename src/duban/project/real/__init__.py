"""Open data of two cities run through the product: the real importers, the real close, the published scores beside ours."""
