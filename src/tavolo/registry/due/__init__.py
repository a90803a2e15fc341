"""What falls due in the register: promises, proposals, deputies and offices that end."""
