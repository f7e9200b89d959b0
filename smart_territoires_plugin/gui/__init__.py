"""Menu, dialogs and options page; they compute nothing."""
