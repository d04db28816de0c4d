"""The words of the service in its languages: what api, mail and portal say to people. Imports nothing of ours."""
