"""The bodies of a network at work: founded, named, seated, ended."""
