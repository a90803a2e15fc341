"""Moving a network to another installation: what goes along, the folder it goes in, taking it in."""
