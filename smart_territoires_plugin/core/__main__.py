"""Run the command line as ``python -m smart_territoires_plugin.core``."""

import sys

from smart_territoires_plugin.core.cli import main

if __name__ == "__main__":
    sys.exit(main())
