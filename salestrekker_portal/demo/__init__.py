"""The demo brokerages: invented people and numbers, the same every time, clearly marked."""
