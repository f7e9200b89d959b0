"""The peers: each a short program that answers the same question from the same files, as its documentation advises."""
