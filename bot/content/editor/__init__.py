"""JSON Schemas for editors, made from the models."""
