"""Outreach: a sheet per territory, a table for mail merge and a note to the director, from a results folder."""
