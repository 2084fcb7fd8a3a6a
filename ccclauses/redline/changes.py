"""Lists the changes of a finished redline as a reader meets them."""
def list_changes(package):
    return ()
