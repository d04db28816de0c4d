"""Every path of docs/story.md, by name, in the order of that page."""

from tests.workflows import paths_after, paths_answered, paths_asked
from tests.workflows.walking import PATHS, Path

__all__ = ["PATHS", "Path", "paths_after", "paths_answered", "paths_asked"]
