"""``python -m healthfm`` is the command line."""

import sys

from healthfm.cli import main

sys.exit(main())
