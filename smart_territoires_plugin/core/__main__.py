"""Run the command line as ``python -m smart_territoires_plugin.core``."""

import sys

from smart_territoires_plugin.core.cli import main

sys.exit(main())
