"""What is compared: each file makes its inputs, runs its methods in turn and returns its tables."""
