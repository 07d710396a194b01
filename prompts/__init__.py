"""Words only: prompt and answer templates as files, and their loader."""
