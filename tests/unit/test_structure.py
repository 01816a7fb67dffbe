"""The shape of the house: import directions, sizes of files and functions, public names."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from corpus import ROOT

import summarize

PACKAGES = [folder for name in ("summarize", "eval") if (folder := ROOT / name).is_dir()]
FILES = sorted(path for folder in PACKAGES for path in folder.rglob("*.py"))
IDS = [str(path.relative_to(ROOT)) for path in FILES]
# Who may not be imported by whom, at the head of a module: lower floors know nothing of higher ones.
FLOORS = [
    {"errors", "version", "cores", "options"},
    {"language"},
    {"document", "style", "brief"},
    {"parsing"},
    {"composing", "evidence"},
    {"models", "summarizers", "reading", "writing"},
    {"registry"},
    {"batch", "story"},
    {"web", "commands"},
    {"cli"},
]
HEAVY = {
    "sumy",
    "nltk",
    "torch",
    "transformers",
    "gradio",
    "datasets",
    "ray",
    "rich",
    "trafilatura",
    "ctranslate2",
    "markitdown",
    "pypdfium2",
    "rouge_score",
}


# The page itself, which is imported by its name when the app starts.
PAGES = {"summarize/web/page.py", "summarize/web/tabs.py", "summarize/web/handlers.py"}
SEED_SUMS = {"000_354ce8bbc15340bc.txt": "5878a7b08e47a128", "004_5ed3aaab7790b511.txt": "f4819c6915f137f0"}


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(node: ast.AST) -> set[str]:
    """The modules that are imported when this node is run, those for type checking aside."""
    found: set[str] = set()
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.dump(child.test):
            continue
        if isinstance(child, ast.Import):
            found |= {alias.name for alias in child.names}
        elif isinstance(child, ast.ImportFrom) and child.module:
            found |= {child.module, *(f"{child.module}.{alias.name}" for alias in child.names)}
        else:
            found |= imports(child)
    return found


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_files_and_functions_are_short_and_documented(path: Path) -> None:
    module = tree(path)
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300
    if module.body:
        assert ast.get_docstring(module), "a file says in its first lines what it does"
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.body:
            body = node.body[1:] if ast.get_docstring(node) and len(node.body) > 1 else node.body
            length = (body[-1].end_lineno or 0) - body[0].lineno + 1
            assert length <= 40, f"{node.name} has {length} lines"


def test_nobody_imports_eval_as_a_name() -> None:
    tests = sorted((ROOT / "tests").rglob("*.py"))
    for path in [*FILES, *tests, *ROOT.glob("*.py")]:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Import):
                assert not any(alias.name.partition(".")[0] == "eval" for alias in node.names), path
            if isinstance(node, ast.ImportFrom) and not node.level:
                assert (node.module or "").partition(".")[0] != "eval", (
                    f"{path}: it is installed as summarize_eval"
                )


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_imports_go_one_way(path: Path) -> None:
    parts = path.relative_to(ROOT).with_suffix("").parts
    everything = {
        name
        for node in ast.walk(tree(path))
        for name in imports(ast.Module([node], []) if isinstance(node, ast.stmt) else node)
    }
    if parts[0] == "summarize":
        assert not any(name.partition(".")[0] in {"eval", "summarize_eval", "app"} for name in everything)
    floor = next(
        (
            i
            for i, names in enumerate(FLOORS)
            if len(parts) > 1 and parts[0] == "summarize" and parts[1] in names
        ),
        None,
    )
    if floor is None:
        return
    above = set().union(*FLOORS[floor + 1 :])
    for name in imports(tree(path)):
        room = name.split(".")[1] if name.startswith("summarize.") else ""
        if (parts[1], room) == ("registry", "summarizers"):
            continue
        assert room not in above, f"{'.'.join(parts)} imports {name}"


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_heavy_libraries_are_imported_inside_functions(path: Path) -> None:
    if path.relative_to(ROOT).as_posix() in PAGES:
        return
    assert not {name.partition(".")[0] for name in imports(tree(path))} & HEAVY


def test_a_folder_holds_few_modules() -> None:
    sizes = Counter(path.parent for path in FILES if path.name != "__init__.py")
    assert not {str(folder): size for folder, size in sizes.items() if size > 15}


def test_a_class_has_its_name_for_itself() -> None:
    homes: dict[str, list[str]] = {}
    for path in FILES:
        for node in tree(path).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                homes.setdefault(node.name, []).append(str(path.relative_to(ROOT)))
    assert not {name: where for name, where in homes.items() if len(where) > 1}


def modules() -> dict[str, set[str]]:
    """Each module of ours with those it imports, inside functions too."""
    names = {}
    for path in FILES:
        parts = list(path.relative_to(ROOT).with_suffix("").parts)
        parts[0] = "summarize_eval" if parts[0] == "eval" else parts[0]
        names[path] = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
    known = set(names.values())
    found = {}
    for path, name in names.items():
        package = name.split(".") if path.name == "__init__.py" else name.split(".")[:-1]
        found[name] = {one for one in _imported(tree(path), package) if one in known and one != name}
    return found


def _imported(node: ast.AST, package: list[str]) -> Iterator[str]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.dump(child.test):
            continue
        if isinstance(child, ast.Import):
            yield from (alias.name for alias in child.names)
        elif isinstance(child, ast.ImportFrom):
            above = package[: len(package) + 1 - child.level] if child.level else []
            base = ".".join([*above, *(child.module or "").split(".")]).strip(".")
            yield base
            yield from (f"{base}.{alias.name}" for alias in child.names)
        yield from _imported(child, package)


def test_imports_close_no_circle() -> None:
    left = {
        name: {other for other in others if not name.startswith(f"{other}.")}
        for name, others in modules().items()
    }
    while free := {name for name, others in left.items() if not others & left.keys()}:
        left = {name: others for name, others in left.items() if name not in free}
    assert not left, f"these import each other, or one that does: {sorted(left)}"


def test_a_file_of_tests_has_its_name_for_itself() -> None:
    """Pytest imports them by that name alone, and takes no second one of a name."""
    names = Counter(path.name for path in (ROOT / "tests").rglob("test_*.py"))
    assert not [name for name, count in names.items() if count > 1]


def test_no_module_is_called_utils() -> None:
    assert not [
        path for path in FILES if path.stem in {"utils", "util", "helpers", "helper", "common", "misc"}
    ]
    assert not list((ROOT / "tests").rglob("eval/__init__.py"))


def test_public_names() -> None:
    assert summarize.__all__ == sorted(summarize.__all__)
    assert set(summarize.__all__) == {
        *("Brief", "Document", "Evidence", "Flag", "Line", "Sentence", "Span", "Style", "SummarizeError"),
        *("__version__", "brief_story", "cluster", "digest", "load", "parse", "read", "summarize"),
    }
    for name in summarize.__all__:
        assert getattr(summarize, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = summarize.nothing
    assert callable(summarize.summarize)


def test_seeds_are_the_owner_s_byte_for_byte() -> None:
    import hashlib

    sums = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()[:16]
        for path in (ROOT / "seeds").glob("*.txt")
    }
    assert sums == SEED_SUMS
