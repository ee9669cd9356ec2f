"""The tables of municipalities, postcodes and names."""
