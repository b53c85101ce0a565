"""Inside one deal: the frame, the overview, the timeline."""
