"""Whether the content of a file has the form of its kind: every fault, not only the first."""

from __future__ import annotations

import difflib
import re
import typing
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple, cast, get_args, get_origin

import msgspec
import yaml


class Fault(NamedTuple):
    """A fault at a path inside a value (``offices[1].office``), with its line where known."""

    path: str
    line: int | None
    message: str


def shape_faults(value: object, node: yaml.Node | None, kind: Any, path: str = "") -> Iterator[Fault]:
    """The faults of a plain value that should be of a type: a struct, a list, a dict or something simple.

    ``node`` is where the value stands in its file.
    """
    origin = get_origin(kind)
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        yield from _struct_faults(value, node, kind, path)
    elif origin is list and isinstance(value, list):
        items = cast("list[object]", value)
        nodes = _items(node)
        [inner] = get_args(kind)
        for at, item in enumerate(items):
            yield from shape_faults(item, nodes[at] if at < len(nodes) else node, inner, f"{path}[{at + 1}]")
    elif origin is dict and isinstance(value, dict):
        inner = get_args(kind)[1]
        for key, item in cast("dict[str, object]", value).items():
            yield from shape_faults(item, _member(node, str(key)), inner, f"{path}.{key}" if path else str(key))
    else:
        try:
            msgspec.convert(value, cast("Any", kind), strict=False)
        except msgspec.ValidationError as error:
            yield Fault(path, line_of(node), _said(value, kind, str(error)))


def _struct_faults(value: object, node: yaml.Node | None, kind: type[msgspec.Struct], path: str) -> Iterator[Fault]:
    fields = {f.encode_name: f for f in msgspec.structs.fields(kind)}
    if not isinstance(value, dict):
        yield Fault(path, line_of(node), f"expected fields ({', '.join(fields)}), found {shown(value)}")
        return
    content = {str(k): v for k, v in cast("dict[object, object]", value).items()}
    prefix = f"{path}." if path else ""
    for key in content:
        if key not in fields:
            near = difflib.get_close_matches(key, list(fields), 1)
            hint = f"did you mean {near[0]}?" if near else f"the fields are {', '.join(fields)}"
            yield Fault(f"{prefix}{key}", line_of(_member(node, key)), f"no such field; {hint}")
    for name, spec in fields.items():
        if name in content:
            yield from shape_faults(content[name], _member(node, name), spec.type, f"{prefix}{name}")
        elif spec.required:
            yield Fault(f"{prefix}{name}", line_of(node), f"missing; expected {expected(spec.type)}")
    yield from _repeated(node, prefix)


def _repeated(node: yaml.Node | None, prefix: str) -> Iterator[Fault]:
    """Fields that stand twice, of which YAML keeps the last in silence."""
    seen: set[str] = set()
    for key, _ in _pairs(node):
        name = str(key.value)
        if name in seen:
            yield Fault(f"{prefix}{name}", line_of(key), "stands twice in one entry")
        seen.add(name)


def _said(value: object, kind: Any, message: str) -> str:
    if get_origin(kind) in (Literal, list, dict) or kind in (str, int, float, bool):
        return f"expected {expected(kind)}, found {shown(value)}"
    choices = _choices(kind)
    if choices:
        return f"expected {choices}, found {shown(value)}"
    return f"{message.partition(' - at ')[0].lower()} (found {shown(value)})"


def expected(kind: Any) -> str:
    """A type in plain words."""
    choices = _choices(kind)
    if choices:
        return choices
    origin = get_origin(kind)
    if origin is list:
        return f"a list of {_plural(get_args(kind)[0])}"
    if origin is dict:
        return "a mapping (key: value)"
    if isinstance(kind, type):
        return {str: "text", int: "a whole number", float: "a number", bool: "true or false"}.get(kind, "fields")
    inner = [a for a in get_args(kind) if a is not type(None)]
    return " or ".join(expected(a) for a in inner)


def _choices(kind: Any) -> str:
    inner = [a for a in get_args(kind) if a is not type(None)] if get_origin(kind) is not Literal else [kind]
    for one in inner:
        if get_origin(one) is Literal:
            return f"one of {', '.join(str(a) for a in typing.get_args(one))}"
    return ""


def _plural(kind: Any) -> str:
    return {str: "words in brackets [...]", int: "numbers"}.get(kind, "entries")


def shown(value: object) -> str:
    """A value as a short piece of text."""
    if value is None:
        return "nothing"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, dict):
        return "fields"
    text = str(value)
    return repr(text if len(text) <= 40 else f"{text[:39]}…")


def line_of(node: yaml.Node | None) -> int | None:
    """The line, from 1, at which a node begins."""
    return None if node is None else node.start_mark.line + 1


def _items(node: yaml.Node | None) -> list[yaml.Node]:
    return list(node.value) if isinstance(node, yaml.SequenceNode) else []


def _pairs(node: yaml.Node | None) -> list[tuple[yaml.Node, yaml.Node]]:
    return list(node.value) if isinstance(node, yaml.MappingNode) else []


def _member(node: yaml.Node | None, name: str) -> yaml.Node | None:
    """Where a field stands: its key, so that the line is that of the field."""
    for key, value in _pairs(node):
        if key.value == name:
            return value if isinstance(value, yaml.MappingNode | yaml.SequenceNode) else key
    return node


def without(value: object, paths: list[str]) -> object:
    """A value less what stands at paths such as ``offices[1].office``; one in a list takes its item along."""
    for path in paths:
        value = _less(value, re.findall(r"[^.\[\]]+", path))
    return value


def _less(value: object, steps: list[str]) -> object:
    if not steps:
        return value
    first, rest = steps[0], steps[1:]
    if isinstance(value, dict):
        fields = cast("dict[str, object]", value)
        return {
            key: _less(item, rest) if key == first else item for key, item in fields.items() if key != first or rest
        }
    if not isinstance(value, list):
        return value
    items = cast("list[object]", value)
    return [_less(item, rest) if str(at) == first else item for at, item in enumerate(items, 1)]
