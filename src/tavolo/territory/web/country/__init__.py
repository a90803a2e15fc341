"""The whole of Italy by municipality: a drawing of its own, made once and kept."""
