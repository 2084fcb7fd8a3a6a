"""Deals as folders of plain files: what the page keeps, which commands, git and an editor can work on as well.

`folder` finds, makes and reads them, `edit` changes a profile value by value, `versions` keeps each change and takes it back,
`notes` holds what is for us only, `rounds` what went out and came back, and `state` says what a deal comes to.
"""
