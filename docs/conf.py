"""How the pages are built: Sphinx, MyST and furo, without a network. generate.py writes its pages first."""

import sys
from pathlib import Path

from pygments.lexers.special import TextLexer
from sphinx.application import Sphinx

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

import generate  # noqa: E402  (found through the line above)

from quarterhour.version import VERSION  # noqa: E402  (kept below the line above with the other import)

project = "Quarterhour"
author = "the Quarterhour contributors"
release = version = VERSION

extensions = ["myst_parser"]
myst_enable_extensions = ["deflist", "fieldlist"]
myst_heading_anchors = 3
nitpicky = True

html_theme = "furo"
html_title = f"Quarterhour {VERSION}"
html_copy_source = False
html_show_copyright = False
html_show_sphinx = False

plain_fences = generate.write_pages(HERE)


def setup(app: Sphinx) -> None:
    """Show the fences that are our own (a visit, a claim) as plain text."""
    for name in plain_fences:
        app.add_lexer(name, TextLexer)
