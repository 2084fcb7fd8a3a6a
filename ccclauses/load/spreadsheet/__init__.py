"""Tables of suppliers and failures as people save them, in CSV or Excel."""
