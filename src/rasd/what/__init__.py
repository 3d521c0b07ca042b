"""Events: who does what to whom, whether it happened, and on whose word."""
