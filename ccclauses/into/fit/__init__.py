"""The annex fitted to one agreement: styles, lists, names, headers, sections."""
