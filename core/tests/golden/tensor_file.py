"""Safetensors files as dictionaries of numpy arrays (Debian packages no reader).

The length of the header in 8 little-endian bytes; the header, JSON, {name: {dtype, shape, data_offsets}}; the
bytes of the tensors.
"""

import json
import struct

import numpy as np

DTYPES = {"F64": "<f8", "F32": "<f4", "F16": "<f2", "I64": "<i8", "I32": "<i4", "BF16": "<u2"}


def decode(content):
    """{name: array} of a file's bytes; BF16 becomes float32, every other type stays what it is."""
    (length,) = struct.unpack("<Q", content[:8])
    header, data = json.loads(content[8 : 8 + length]), content[8 + length :]
    tensors = {}
    for name, entry in header.items():
        if name == "__metadata__":
            continue
        begin, end = entry["data_offsets"]
        array = np.frombuffer(data[begin:end], DTYPES[entry["dtype"]]).reshape(entry["shape"])
        if entry["dtype"] == "BF16":
            array = (array.astype("<u4") << 16).view("<f4")
        tensors[name] = array
    return tensors


def read(path):
    with open(path, "rb") as file:
        return decode(file.read())


def encode(tensors):
    """The bytes of a file: wide types first, so that all are aligned, then by name."""
    header, parts, offset = {}, [], 0
    for name, array in sorted(tensors.items(), key=lambda item: (-item[1].dtype.itemsize, item[0])):
        dtype = next(key for key, code in DTYPES.items() if np.dtype(code) == array.dtype)
        parts.append(np.ascontiguousarray(array, DTYPES[dtype]).tobytes())
        end = offset + len(parts[-1])
        header[name] = {"dtype": dtype, "shape": list(array.shape), "data_offsets": [offset, end]}
        offset = end
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    return struct.pack("<Q", len(text)) + text + b"".join(parts)


def write(path, tensors):
    with open(path, "wb") as file:
        file.write(encode(tensors))
