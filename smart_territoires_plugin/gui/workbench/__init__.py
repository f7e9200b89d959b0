"""The workbench: a dock with four steps, from the study to what is shared."""
