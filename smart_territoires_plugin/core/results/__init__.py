"""Results: tables, GeoPackage, manifest and annex, published whole or not at all."""
