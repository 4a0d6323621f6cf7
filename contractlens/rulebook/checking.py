"""A YAML file is read and held against its schema; a slip is told with its file and line."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from contractlens.errors import RuleError

Model = TypeVar("Model", bound=BaseModel)


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(path: Path) -> Any:
    """A file's content. Raises RuleError."""
    try:
        text = path.read_text(encoding="utf-8")
        try:
            return yaml.load(text, _LOADER) or {}  # noqa: S506 (a safe one)
        except yaml.YAMLError:
            return yaml.safe_load(text) or {}  # for its words on what is wrong
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise RuleError(f"{path}, line {line}: this is no valid YAML ({error.problem}). Check indents, colons and quotes there.") from None
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise RuleError(f"{path}: cannot be read ({error}).") from None


def checked(path: Path, model: type[Model]) -> Model:
    """A file's content, checked; the first slip is told with its line, and with what may have been meant."""
    try:
        return model.model_validate(read_yaml(path))
    except ValidationError as error:
        slips = error.errors()
        slip = next(
            (s for s in slips if s["type"] == "extra_forbidden"), slips[0]
        )  # "severty" before the "severity" that is missing for it
        keys = [k for k in slip["loc"] if isinstance(k, str | int)]
        what = slip["msg"].removeprefix("Value error, ")
        if slip["type"] == "extra_forbidden":
            known = _fields_at(model, keys[:-1])
            near = difflib.get_close_matches(str(keys[-1]), known, 1)
            hint = f'Did you mean "{near[0]}"?' if near else f"There may be: {', '.join(known)}."
            what = f'"{keys[-1]}" is not known here. {hint}'
        elif slip["type"] == "missing":
            what = f'"{keys[-1]}" is missing.'
        else:
            what = f"{': '.join(map(str, keys))}: {what}" if keys else what
        nodes = yaml.compose(path.read_text(encoding="utf-8"))  # which know their lines
        raise RuleError(f"{path}, line {_line(nodes, keys)}: {what}") from None


def _line(node: yaml.Node | None, keys: list[str | int]) -> int:
    """The line of the deepest part of the path that the file has."""
    line = 1
    for key in keys:
        found: yaml.Node | None = None
        if isinstance(node, yaml.MappingNode):
            for k, v in node.value:
                if k.value == key:
                    line, found = k.start_mark.line + 1, v
        elif isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
            found = node.value[key]
            line = found.start_mark.line + 1
        if found is None:
            break
        node = found
    return line


def _fields_at(model: type[BaseModel], keys: list[str | int]) -> list[str]:
    """The names that may stand at a place of the file, as far as the schema tells."""
    schema: Any = model.model_json_schema()
    defs, here = schema.get("$defs", {}), schema
    for key in keys:
        here = (
            here.get("properties", {}).get(key, here.get("items") if isinstance(key, int) else here.get("additionalProperties") or {}) or {}
        )
        for option in here.get("anyOf", [here]):
            if "$ref" in option:
                here = defs[option["$ref"].rsplit("/", 1)[-1]]
    return sorted(here.get("properties", {}))


def line_of_text(path: Path, text: str) -> str:
    """`, line 12`: the first line of a rule file that holds the text; empty where none does."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if text in line:
            return f", line {number}"
    return ""
