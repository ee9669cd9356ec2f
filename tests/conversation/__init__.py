"""Conversations: what is read, asked, answered and advised."""
