"""What a browser says of itself, in the few words by which a person knows it again."""

BROWSERS = (
    # The order matters: most browsers also claim to be those that stand below them.
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def device_words(user_agent: str) -> str:
    """In the manner of "Firefox, Windows"; empty where nothing is recognised. Versions are left out."""
    said = (_first(BROWSERS, user_agent), _first(SYSTEMS, user_agent))
    return ", ".join(word for word in said if word)


def _first(known: tuple[tuple[str, str], ...], user_agent: str) -> str:
    return next((word for mark, word in known if mark in user_agent), "")
