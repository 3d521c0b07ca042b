"""Puts the manual page into the wheel: made from the command line itself, so that it cannot be out of date."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ManualPage(BuildHookInterface):  # type: ignore[type-arg]
    """Makes ``share/man/man1/rasd.1``."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        sys.path.insert(0, str(Path(self.root) / "scripts"))
        import manual

        self._folder = tempfile.TemporaryDirectory(prefix="rasd-manual-")
        page = Path(self._folder.name) / "rasd.1"
        page.write_text("\n".join(manual.man(manual.described())) + "\n", encoding="utf-8")
        build_data["shared_data"][str(page)] = "share/man/man1/rasd.1"
