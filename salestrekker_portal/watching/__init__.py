"""What whoever runs the portal wants to know: whether it can work, what waits, what gave up, and how fast it is."""
