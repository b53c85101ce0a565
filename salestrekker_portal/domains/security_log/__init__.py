"""What happened at the doors: who got in, who was refused, what left, what was switched; and that nobody changed it."""
