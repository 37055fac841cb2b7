"""Simulations that hold the product's inference against the truth of a synthetic population. `make validate` runs them."""
