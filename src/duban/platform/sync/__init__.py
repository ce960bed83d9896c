"""The phone's inbox: envelopes stored once and handed to whoever the wiring names, files in resumable pieces, the pack."""
