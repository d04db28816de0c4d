"""How well zones are read and pages judged, on specimens drawn by code and spoiled in steps; and what others read."""
