"""Discovery: the folder is the list."""

from collections.abc import Iterable, Iterator
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Any

import layers
from layers.core.layer import Audience, Layer


class MissingDeclaration(Exception):
    """A module in a discovered folder declares nothing."""


class UnknownLayer(Exception):
    """There is no layer with that name."""

    def __init__(self, asked: str, known: Iterable[str]) -> None:
        self.asked = asked
        self.known = tuple(known)
        super().__init__(f"There is no layer {asked!r}; there are {', '.join(self.known)}.")


@cache
def discover(package: ModuleType, constant: str) -> tuple[Any, ...]:
    """Return `constant` of every module directly inside `package`, by file name; looked up once in a process."""
    found = []
    for info in sorted(iter_modules(package.__path__), key=lambda module: module.name):
        if info.ispkg or info.name.startswith("_"):
            continue
        module = import_module(f"{package.__name__}.{info.name}")
        if not hasattr(module, constant):
            raise MissingDeclaration(f"{module.__file__} must define {constant}")
        found.append(getattr(module, constant))
    return tuple(found)


class Registry:
    """The layers of one running service."""

    def __init__(self, declared: Iterable[Layer]) -> None:
        self._layers: dict[str, Layer] = {}
        for layer in declared:
            if layer.id in self._layers:
                raise ValueError(f"Two layers are called {layer.id!r}.")
            self._layers[layer.id] = layer

    @classmethod
    def of_folder(cls) -> "Registry":
        """Every layer declared in `layers/`."""
        return cls(discover(layers, "LAYER"))

    def __iter__(self) -> Iterator[Layer]:
        return iter(self._layers.values())

    @property
    def public(self) -> tuple[Layer, ...]:
        """Those that anybody may read."""
        return tuple(layer for layer in self if layer.audience == Audience.PUBLIC)

    def __getitem__(self, layer_id: str) -> Layer:
        try:
            return self._layers[layer_id]
        except KeyError:
            raise UnknownLayer(layer_id, self._layers) from None

    def __contains__(self, layer_id: object) -> bool:
        return layer_id in self._layers
