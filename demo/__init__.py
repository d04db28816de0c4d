"""The main job, scripted, on real input."""
