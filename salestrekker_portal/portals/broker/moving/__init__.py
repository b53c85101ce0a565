"""Moving a deal: the question before, the notice after, the way back."""
