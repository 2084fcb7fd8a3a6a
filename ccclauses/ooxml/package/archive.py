"""Word packages out of parts that are packed once: what a batch of annexes has in common is compressed a single time.

Order, dates and content are those of `package.write_package`; only the effort of compression differs. A package read
back from either has equal parts.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from .package import CONTENT_TYPES_PART, STORED

_FIRST = {CONTENT_TYPES_PART: 0, "_rels/.rels": 1}
_DATE, _TIME = 33, 0  # 1980-01-01 00:00, the first moment that a zip entry can hold
_VERSION = 20  # of the zip format: deflate and folders
_UTF_8 = 0x800  # the flag of a name that is not ASCII
_QUICK, _THOROUGH = 3, 9  # zlib's effort for a part that is written once, and for one that many files share
_SMALL = 1 << 12  # bytes of a part that needs no wider window; zlib clears all that it is given, which takes time
_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")


@dataclass(frozen=True, slots=True)
class Packed:
    """One part as it lies in a package."""

    name: bytes
    flags: int
    method: int  # 0 stored, 8 deflated
    crc: int
    size: int  # inflated
    data: bytes


def pack(name: str, data: bytes, *, shared: bool = False) -> Packed:
    """Pack one part; `shared` takes pains for one that many files will hold."""
    stored = name.rpartition(".")[2].lower() in STORED
    if stored:
        packed = data
    else:
        window, memory = (-12, 5) if len(data) <= _SMALL else (-zlib.MAX_WBITS, zlib.DEF_MEM_LEVEL)
        deflate = zlib.compressobj(_THOROUGH if shared else _QUICK, zlib.DEFLATED, window, memory)
        packed = deflate.compress(data) + deflate.flush()
    return Packed(
        name.encode(), 0 if name.isascii() else _UTF_8, 0 if stored else 8, zlib.crc32(data), len(data), packed
    )


def pack_all(parts: Mapping[str, bytes]) -> tuple[Packed, ...]:
    """Pack parts that many files will hold."""
    return tuple(pack(name, data, shared=True) for name, data in parts.items())


def write_archive(packed: tuple[Packed, ...], parts: Mapping[str, bytes]) -> bytes:
    """The package of parts already packed and parts of its own, none of them twice."""
    entries = [*packed, *(pack(name, data) for name, data in parts.items())]
    entries.sort(key=lambda e: (_FIRST.get(e.name.decode(), 2), e.name))
    out: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for e in entries:
        common = (e.flags, e.method, _TIME, _DATE, e.crc, len(e.data), e.size, len(e.name), 0)
        header = _LOCAL.pack(b"PK\3\4", _VERSION, *common)
        out += (header, e.name, e.data)
        directory += (_CENTRAL.pack(b"PK\1\2", _VERSION, _VERSION, *common, 0, 0, 0, 0, offset), e.name)
        offset += len(header) + len(e.name) + len(e.data)
    listing = b"".join(directory)
    end = _END.pack(b"PK\5\6", 0, 0, len(entries), len(entries), len(listing), offset, 0)
    return b"".join((*out, listing, end))
