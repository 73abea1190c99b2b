"""What every report, page and README says, in the same words."""

from typing import Final

#: Said wherever people might act on what they see.
DISCLAIMER: Final = "Not regulatory, clinical or legal advice."
