"""Files by path or address: this machine's, a shared disk's, an object store's; reading and whole writes.

What gzip or zstd packed is unpacked, whatever the file is called. Addresses ("s3://bucket/*.jsonl.gz") go
through Arrow's file systems, which find credentials as their makers say; nothing is cached.
"""

from __future__ import annotations

import fnmatch
import gzip
import io
import os
import posixpath
import sys
import zlib
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, cast

from summarize.errors import InputError, MissingDependencyError, OutputError

_BLOCK = 1 << 16
COMPRESSED = (".gz", ".zst")
_GZIP, _ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"


def require(module: str, why: str, extra: str = "batch") -> None:
    """Import a package of an extra.

    Raises:
        MissingDependencyError: with the command that installs it.
    """
    from importlib import import_module

    try:
        import_module(module)
    except ImportError as error:
        needs = f"{why} needs {module}: pip install 'summarize-toolkit[{extra}]'"
        raise MissingDependencyError(needs) from error


def is_address(name: str) -> bool:
    """Tell whether a name is the address of an object store rather than a path.

    Example:
        >>> is_address("s3://bucket/a.jsonl"), is_address("news/a.jsonl")
        (True, False)
    """
    return "://" in name and not os.path.lexists(name)


def is_stream(name: str) -> bool:
    """Tell whether a name is that of standard input or of a pipe, which can be opened only once."""
    return name == "-" or (not is_address(name) and Path(name).is_fifo())


def open_file(name: str) -> IO[bytes]:
    """Open a file for reading; one of an address can be sought in too."""
    if not is_address(name):
        return open(name, "rb", _BLOCK)
    files, path = _system(name)
    return io.BufferedReader(files.open_input_file(path), _BLOCK)


def open_input(name: str) -> io.BufferedReader:
    """Open a file, or standard input by "-", for reading."""
    if name == "-":
        # Below Python's own buffer, which would wait until it is full.
        standard: Any = sys.stdin.buffer
        return io.BufferedReader(getattr(standard, "raw", standard), _BLOCK)
    return cast("io.BufferedReader", open_file(name))


def unpacked(raw: io.BufferedReader, name: str) -> io.BufferedReader:
    """Return what a file holds, decompressed as its first bytes say.

    Raises:
        MissingDependencyError: for zstd without the package that reads it.
    """
    first = raw.peek(4)[:4]
    if first.startswith(_GZIP):
        return io.BufferedReader(cast("io.RawIOBase", gzip.GzipFile(fileobj=raw)), _BLOCK)
    if first == _ZSTD:
        require("zstandard", f"{name}: zstd")
        return io.BufferedReader(_Zstd(raw), _BLOCK)
    return raw


def is_damage(error: Exception) -> bool:
    """Tell an input that is damaged from one that could not be read just now."""
    return isinstance(error, EOFError | zlib.error | gzip.BadGzipFile | UnicodeDecodeError)


class _Zstd(io.RawIOBase):
    """Frames of zstd one after the other; the library's own reader takes one that breaks off for whole."""

    def __init__(self, raw: IO[bytes]) -> None:
        from zstandard import ZstdDecompressor

        self._raw = raw
        self._new = ZstdDecompressor().decompressobj
        self._frame: Any = None  # the one that has begun
        self._packed = self._ready = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        from zstandard import ZstdError

        while not self._ready:
            packed = self._packed or self._raw.read(_BLOCK)
            if not packed:
                if self._frame is not None:
                    raise EOFError("zstd data ended before the end of its last frame")
                return 0
            self._frame = self._frame or self._new()
            try:
                self._ready = self._frame.decompress(packed)
            except ZstdError as error:
                raise EOFError(str(error)) from error
            self._packed = b""
            if self._frame.eof:
                self._packed, self._frame = self._frame.unused_data, None
        count = min(len(buffer), len(self._ready))
        buffer[:count] = self._ready[:count]
        self._ready = self._ready[count:]
        return count


def size_of(name: str) -> int:
    """Return the size of a file in bytes.

    Raises:
        InputError: where there is none, or no connection to it.
    """
    try:
        if not is_address(name):
            return Path(name).stat().st_size
        files, path = _system(name)
        info = files.get_file_info(path)
    except OSError as error:
        raise InputError(f"{name}: cannot be read: {error}") from error
    if not info.is_file:
        raise InputError(f"{name}: there is no such file")
    return int(info.size)


def matching(name: str) -> list[str]:
    """Return the addresses that one with a pattern in its last part, or that of a folder, stands for, sorted.

    Raises:
        InputError: where there is no such folder, or no connection to it.
    """
    files, path = _system(name)
    from pyarrow import fs

    scheme = name[: name.index("://") + 3]
    folder, _, pattern = path.rpartition("/")
    try:
        if files.get_file_info(path).type == fs.FileType.Directory:
            folder, pattern = path, "*"
        found = files.get_file_info(fs.FileSelector(folder))
    except OSError as error:
        raise InputError(f"{name}: cannot be read: {error}") from error
    chosen = [f.path for f in found if f.is_file and fnmatch.fnmatchcase(f.base_name, pattern)]
    return [scheme + path for path in sorted(chosen)]


def _system(address: str) -> tuple[Any, str]:
    require("pyarrow", f"{address}: an address")
    from pyarrow import fs

    # A pattern is no part of an address: Arrow takes "*" and "?" for mistakes.
    folder, slash, last = address.rpartition("/")
    try:
        files, path = fs.FileSystem.from_uri(folder)
    except (OSError, ValueError) as error:
        raise InputError(f"{address}: no such place can be read or written: {error}") from error
    return files, f"{path}{slash}{last}"


class Folder:
    """A folder on this machine, on a shared disk or in an object store, through Arrow's file systems."""

    def __init__(self, address: str) -> None:
        require("pyarrow", address)
        from pyarrow import fs

        try:
            if is_address(address):
                self._files, self._path = fs.FileSystem.from_uri(address)
            else:
                self._files, self._path = fs.LocalFileSystem(), os.path.abspath(address)
            self._files.create_dir(self._path, recursive=True)
        except (OSError, ValueError) as error:
            raise OutputError(f"{address}: cannot be written: {error}") from error

    def names(self) -> list[str]:
        """Return the names of the files that are whole."""
        from pyarrow import fs

        found = self._files.get_file_info(fs.FileSelector(self._path))
        return [file.base_name for file in found if not file.base_name.endswith(".new")]

    def read(self, name: str) -> bytes:
        """Return what a file holds."""
        with self._files.open_input_stream(posixpath.join(self._path, name)) as stream:
            return bytes(stream.read())

    def remove(self, name: str) -> None:
        """Remove a file, if it is there."""
        with suppress(FileNotFoundError):
            self._files.delete_file(posixpath.join(self._path, name))

    def write(self, name: str, data: bytes) -> None:
        """Write a file whole or not at all: an object store does so of itself, else it is moved there."""
        from pyarrow import fs

        target = posixpath.join(self._path, name)
        moved = isinstance(self._files, fs.LocalFileSystem)
        # Two tasks may write one shard at a time; each needs a name of its own.
        path = f"{target}.{os.uname().nodename}-{os.getpid()}.new" if moved else target
        with self._files.open_output_stream(path) as stream:
            stream.write(data)
        if moved:
            self._files.move(path, target)
