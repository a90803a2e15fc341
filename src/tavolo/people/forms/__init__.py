"""What is typed to sign in, and what somebody named on a public page asks for."""

from tavolo.people.forms.correction import CorrectionForm
from tavolo.people.forms.signing_in import (
    AcceptForm,
    ActivateForm,
    AskResetForm,
    ChangePasswordForm,
    CodeOnceForm,
    ConfirmPasswordForm,
    NamesForm,
    NewPasswordForm,
    SecondFactorForm,
    SignInForm,
)

__all__ = [
    "AcceptForm",
    "ActivateForm",
    "AskResetForm",
    "ChangePasswordForm",
    "CodeOnceForm",
    "ConfirmPasswordForm",
    "CorrectionForm",
    "NamesForm",
    "NewPasswordForm",
    "SecondFactorForm",
    "SignInForm",
]
