from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import ngettext


class LongEnough(MinimumLengthValidator):
    """Django's own has no Italian words for its sentence."""

    def get_error_message(self) -> str:
        return (
            ngettext(
                "It is too short: at least %d character is needed.",
                "It is too short: at least %d characters are needed.",
                self.min_length,
            )
            % self.min_length
        )
