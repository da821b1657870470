"""Protects fixtures of workbooks: `python3 tests/makers/protected.py` writes fixtures/{xls,ods}/protected-*.

An old workbook with RC4 (MS-OFFCRYPTO 2.3.5 and 2.3.6) and a spreadsheet of OpenDocument with AES, from the plain fixtures beside
them. Needs cryptography, olefile and xlwt; msoffcrypto-tool opens the old workbooks that it writes.
"""

import base64
import hashlib
import pathlib
import struct
import zipfile
import zlib

import olefile
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from xlwt.CompoundDoc import XlsDoc

FIXTURES = pathlib.Path(__file__).resolve().parents[2] / "fixtures"
PASSWORD = "Westmarch 1"
# With this one Excel opens a workbook without asking.
UNASKED = "VelvetSweatshop"
SALT, IV, VERIFIER = bytes(range(16)), bytes(range(16, 32)), b"0123456789abcdef"
BOF, FILE_PASS, EOF, BOUND_SHEET = 0x0809, 0x002F, 0x000A, 0x0085
PLAIN = (BOF, FILE_PASS, 0x0194, 0x0195, 0x00E1, 0x0196, 0x0138)


def rc4(key, data):
    state, j = list(range(256)), 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)


def old_lock(password):
    """RC4 with MD5 and 40 bits: the key of each block, and the record that says so."""
    first = hashlib.md5(password.encode("utf-16-le")).digest()[:5]
    secret = hashlib.md5((first + SALT) * 16).digest()[:5]
    key = lambda block: hashlib.md5(secret + struct.pack("<I", block)).digest()
    proof = rc4(key(0), VERIFIER + hashlib.md5(VERIFIER).digest())
    return key, struct.pack("<HHH", 1, 1, 1) + SALT + proof


def crypto_api_lock(password):
    """RC4 with SHA-1 and 128 bits."""
    secret = hashlib.sha1(SALT + password.encode("utf-16-le")).digest()
    key = lambda block: hashlib.sha1(secret + struct.pack("<I", block)).digest()[:16]
    proof = rc4(key(0), VERIFIER + hashlib.sha1(VERIFIER).digest())
    header = struct.pack("<8I", 4, 0, 0x6801, 0x8004, 128, 1, 0, 0) + "Microsoft Enhanced Cryptographic Provider v1.0\0".encode("utf-16-le")
    return key, struct.pack("<HHHII", 1, 2, 2, 4, len(header)) + header + struct.pack("<I", 16) + SALT + proof[:16] + struct.pack("<I", 20) + proof[16:]


def records(stream):
    at = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, at, length
        at += 4 + length


def protect_old(source, target, lock):
    key, data = lock
    stream = olefile.OleFileIO(FIXTURES / source).openstream("Workbook").read()
    stream = stream[: max(at + 4 + length for kind, at, length in records(stream) if kind == EOF)]
    own = struct.pack("<HH", FILE_PASS, len(data)) + data
    first = 4 + struct.unpack_from("<H", stream, 2)[0]
    out = bytearray(stream[:first] + own + stream[first:])
    blocks = {}
    for kind, at, length in records(bytes(out)):
        if kind == BOUND_SHEET:
            struct.pack_into("<I", out, at + 4, struct.unpack_from("<I", out, at + 4)[0] + len(own))
        if kind in PLAIN:
            continue
        for position in range(at + 4 + (4 if kind == BOUND_SHEET else 0), at + 4 + length):
            block = position // 1024
            if block not in blocks:
                blocks[block] = rc4(key(block), bytes(1024))
            out[position] ^= blocks[block][position % 1024]
    XlsDoc().save(str(FIXTURES / target), bytes(out))


def protect_open_document(source, target, password):
    encoded = lambda data: base64.b64encode(data).decode()
    parts, listed = [], ""
    with zipfile.ZipFile(FIXTURES / source) as archive:
        for name in archive.namelist():
            plain = archive.read(name)
            if name.startswith("META-INF"):
                continue
            if name == "mimetype":
                parts.append((name, plain))
                continue
            packer = zlib.compressobj(9, zlib.DEFLATED, -15)
            packed = packer.compress(plain) + packer.flush()
            key = hashlib.pbkdf2_hmac("sha1", hashlib.sha256(password.encode()).digest(), SALT, 1000, 32)
            fill = 16 - len(packed) % 16
            cipher = Cipher(algorithms.AES(key), modes.CBC(IV)).encryptor()
            parts.append((name, cipher.update(packed + bytes(fill - 1) + bytes([fill]))))
            listed += (
                f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="text/xml" manifest:size="{len(plain)}">'
                '<manifest:encryption-data manifest:checksum-type="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0#sha256-1k" '
                f'manifest:checksum="{encoded(hashlib.sha256(packed[:1024]).digest())}"><manifest:algorithm '
                f'manifest:algorithm-name="http://www.w3.org/2001/04/xmlenc#aes256-cbc" manifest:initialisation-vector="{encoded(IV)}"/>'
                '<manifest:key-derivation manifest:key-derivation-name="PBKDF2" manifest:key-size="32" manifest:iteration-count="1000" '
                f'manifest:salt="{encoded(SALT)}"/><manifest:start-key-generation manifest:key-size="32" '
                'manifest:start-key-generation-name="http://www.w3.org/2000/09/xmldsig#sha256"/></manifest:encryption-data></manifest:file-entry>'
            )
    manifest = f'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">{listed}</manifest:manifest>'
    with zipfile.ZipFile(FIXTURES / target, "w") as archive:
        for name, content in parts + [("META-INF/manifest.xml", manifest)]:
            archive.writestr(zipfile.ZipInfo(name), content)


if __name__ == "__main__":
    plain = "xls/merged-change-struck-row-hidden-column.xls"
    protect_old(plain, "xls/protected-by-a-password.xls", old_lock(PASSWORD))
    protect_old(plain, "xls/protected-against-changes.xls", crypto_api_lock(UNASKED))
    protect_open_document("ods/sheet-per-change.ods", "ods/protected-by-a-password.ods", PASSWORD)
