"""Where everything is put together: settings, urls, the tables of wiring and rights, the command line."""
