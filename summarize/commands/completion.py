"""`summarize completion`: a script that makes bash or zsh complete commands, options and their values.

The script holds every word, so that no Python runs while somebody types. Whoever keeps it in a file writes it
anew after an upgrade, or where a plugin came or went.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Mapping

from summarize.printing import say

SHELLS = ("bash", "zsh")

_ZSH = """\
type compdef >/dev/null 2>&1 || { autoload -Uz compinit && compinit; }
autoload -Uz bashcompinit && bashcompinit
"""
_SCRIPT = """\
_complete_NAME() {
  local cur=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} command= words= prefix=
  # --style=bullets is three words to bash, the = one of them, and one to zsh.
  if [ "$cur" = = ]; then cur=; elif [ "$before" = = ]; then before=${COMP_WORDS[COMP_CWORD-2]}; fi
  case $cur in --*=*) before=${cur%%=*} cur=${cur#*=} prefix=$before= ;; esac
  if [ "$COMP_CWORD" -gt 1 ]; then
    case ${COMP_WORDS[1]} in COMMANDS) command=${COMP_WORDS[1]} ;; esac
  fi
  COMPREPLY=()
  case "$command $before" in
VALUES
    *) case "$command $cur" in
FLAGS
    esac ;;
  esac
  COMPREPLY=( $(compgen -P "$prefix" -W "$words" -- "$cur") )
  # Where no word fits, the shell itself looks for files.
  if [ "$COMP_CWORD" = 1 ]; then
    COMPREPLY+=( $(compgen -W "WORDS" -- "$cur") )
    FILES
  fi
}
complete -o default -F _complete_NAME PROGRAM"""
# The first word may be a command or a file.
_FILES = """\
local IFS=$'\\n'
    COMPREPLY+=( $(compgen -f -- "$cur") )
    type compopt >/dev/null 2>&1 && compopt -o filenames"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    line = f'eval "$({parser.prog} SHELL)"'
    parser.add_argument(
        "shell",
        choices=SHELLS,
        metavar="SHELL",
        help=f"bash or zsh; the line for ~/.bashrc or ~/.zshrc is {line}",
    )


def run(options: argparse.Namespace) -> int:
    """Print the script."""
    from summarize.commands.parsers import COMMANDS, parser_of

    say(script("summarize", {name: parser_of(name) for name in ("", *COMMANDS)}, options.shell))
    return 0


def script(
    program: str,
    parsers: Mapping[str, argparse.ArgumentParser],
    shell: str,
    more: Mapping[str, Iterable[str]] | None = None,
) -> str:
    """Return the script that completes a program.

    Args:
        program: what its users type.
        parsers: of each command; of the program itself under the empty name.
        shell: "bash" or "zsh".
        more: values of options, where their parsers do not list them.
    """
    from summarize.registry import table
    from summarize.style import STYLES

    names = list(table())
    known: dict[str, Iterable[str]] = {
        "--style": [style.name for style in STYLES],
        "--summarizer": names,
        "--summarizers": ["all", *names],
        "--device": ("auto", "cpu", "cuda"),
        "--engine": ("auto", "ctranslate2", "torch"),
        "--long": ("select", "merge"),
        **(more or {}),
    }
    values, flags, places = [], [], []
    for name, parser in parsers.items():
        for action in parser._actions:
            words = next((known[flag] for flag in action.option_strings if flag in known), action.choices)
            if words and action.option_strings:
                values.append(_case("|".join(f"'{name} {flag}'" for flag in action.option_strings), words))
            elif words and name:
                places.append(_case(f"'{name} '*", words))
        flags.append(_case(f"'{name} -'*", parser._option_string_actions))
    commands = [name for name in parsers if name]
    takes_files = any(action.nargs == "*" for action in parsers[""]._actions)
    filled = {
        "COMMANDS": "|".join(commands),
        "VALUES": "\n".join(values),
        "FLAGS": "\n".join(flags + places),
        "WORDS": " ".join(commands),
        "FILES": _FILES if takes_files else ":",
        "NAME": program.replace("-", "_"),
        "PROGRAM": program,
    }
    text = re.sub(r"\b[A-Z]{4,}\b|NAME", lambda found: filled.get(found[0], found[0]), _SCRIPT)
    return (_ZSH if shell == "zsh" else "") + text


def _case(patterns: str, words: Iterable[object]) -> str:
    return f"    {patterns}) words='{' '.join(map(str, words))}' ;;"
