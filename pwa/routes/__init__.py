"""The doors of the app, one module a noun."""

from importlib import import_module
from pathlib import Path

ROOMS = sorted(path.stem for path in Path(__file__).parent.glob("*.py") if path.stem != "__init__")
BLUEPRINTS = [import_module(f"pwa.routes.{room}").bp for room in ROOMS]
