"""Files → clean frames: opening, repair of geometries and codes, reference systems, and what was done about each."""
