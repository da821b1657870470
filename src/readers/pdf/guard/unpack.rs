//! Unpacks streams within a limit.

use flate2::Decompress;
use flate2::FlushDecompress;
use flate2::Status;

/// Bytes that are unpacked at a time where only their number counts.
const CHUNK: usize = 64 * 1024;

/// The largest code of LZW, and the first that is not a byte or a command (ISO 32000-1, 7.4.4.2).
const LZW_CODES: usize = 4096;
const LZW_CLEAR: usize = 256;
const LZW_END: usize = 257;

/// The filters that make bytes of bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Filter {
    Flate,
    Lzw,
    RunLength,
    Ascii85,
    AsciiHex,
}

impl Filter {
    /// The filter that the parser knows under `filter`.
    pub(super) fn of_stream(filter: hayro_syntax::Filter) -> Option<Self> {
        match filter {
            hayro_syntax::Filter::FlateDecode => Some(Self::Flate),
            hayro_syntax::Filter::LzwDecode => Some(Self::Lzw),
            hayro_syntax::Filter::RunLengthDecode => Some(Self::RunLength),
            hayro_syntax::Filter::Ascii85Decode => Some(Self::Ascii85),
            hayro_syntax::Filter::AsciiHexDecode => Some(Self::AsciiHex),
            _ => None,
        }
    }

    /// The filter with a name, whole or abbreviated; white space around it does not count.
    pub(super) fn named(name: &[u8]) -> Option<Self> {
        match name.trim_ascii() {
            b"FlateDecode" | b"Fl" => Some(Self::Flate),
            b"LZWDecode" | b"LZW" => Some(Self::Lzw),
            b"RunLengthDecode" | b"RL" => Some(Self::RunLength),
            b"ASCII85Decode" | b"A85" => Some(Self::Ascii85),
            b"ASCIIHexDecode" | b"AHx" => Some(Self::AsciiHex),
            // A name with escapes: what it hides may be the filter that grows most.
            escaped if escaped.contains(&b'#') => Some(Self::Flate),
            _ => None,
        }
    }
}

/// What unpacking gave.
pub(super) enum Unpacked {
    /// More than the limit: at least so many bytes.
    TooLarge(u64),
    /// Bytes within the limit, which were not kept.
    Fits,
    /// The bytes.
    Data(Vec<u8>),
}

/// Unpacks `raw` through `filters`. The last step's bytes are kept only where `keep` says so.
pub(super) fn unpack(raw: &[u8], filters: &[Filter], limit: u64, keep: bool) -> Unpacked {
    let mut data = raw.to_vec();
    for (index, filter) in filters.iter().enumerate() {
        let last = index + 1 == filters.len();
        let step = match filter {
            Filter::Flate => inflate(&data, limit, keep || !last),
            Filter::Lzw => lzw(&data, limit, keep || !last),
            Filter::RunLength => run_length(&data, limit),
            Filter::Ascii85 => Unpacked::Data(ascii85(&data)),
            Filter::AsciiHex => Unpacked::Data(ascii_hex(&data)),
        };
        match step {
            Unpacked::Data(unpacked) => data = unpacked,
            other => return other,
        }
    }
    if keep { Unpacked::Data(data) } else { Unpacked::Fits }
}

/// Inflates, also what is cut off or damaged, as far as it goes.
fn inflate(raw: &[u8], limit: u64, keep: bool) -> Unpacked {
    let mut inflater = Decompress::new(true);
    let mut buffer = vec![0_u8; CHUNK];
    let mut out = Vec::new();
    loop {
        let (read, written) = (inflater.total_in(), inflater.total_out());
        let rest = usize::try_from(read).ok().and_then(|read| raw.get(read..)).unwrap_or_default();
        let status = inflater.decompress(rest, &mut buffer, FlushDecompress::None);
        let made = inflater.total_out() - written;
        if inflater.total_out() > limit {
            return Unpacked::TooLarge(inflater.total_out());
        }
        if keep {
            let made = usize::try_from(made).unwrap_or(0);
            out.extend_from_slice(buffer.get(..made).unwrap_or_default());
        }
        let stuck = made == 0 && inflater.total_in() == read;
        if stuck || !matches!(status, Ok(Status::Ok)) {
            break;
        }
    }
    if keep { Unpacked::Data(out) } else { Unpacked::Fits }
}

/// Unpacks LZW; where the bytes are not kept, only the lengths of its codes are followed.
fn lzw(raw: &[u8], limit: u64, keep: bool) -> Unpacked {
    let mut out: Vec<u8> = Vec::new();
    let mut total = 0_u64;
    // Where each code's bytes begin in the output, and how many they are.
    let mut codes: Vec<(u64, u64)> = Vec::with_capacity(LZW_CODES);
    let mut last: Option<(u64, u64)> = None;
    let (mut bits, mut held) = (0_u32, 0_u32);
    for &byte in raw {
        held = (held << 8) | u32::from(byte);
        bits += 8;
        let next = codes.len() + LZW_END + 1;
        let width = if next >= 2047 {
            12
        } else if next >= 1023 {
            11
        } else if next >= 511 {
            10
        } else {
            9
        };
        if bits < width {
            continue;
        }
        bits -= width;
        let code = (held >> bits) as usize & ((1 << width) - 1);
        held &= (1 << bits) - 1;
        if code == LZW_CLEAR {
            codes.clear();
            last = None;
            continue;
        }
        if code == LZW_END {
            break;
        }
        let begin = total;
        let length = match (code.checked_sub(LZW_END + 1).map(|index| codes.get(index)), last) {
            (None, _) => 1,
            (Some(Some(&(_, length))), _) => length,
            (Some(None), Some((_, length))) => length + 1,
            (Some(None), None) => break,
        };
        total = total.saturating_add(length);
        if total > limit {
            return Unpacked::TooLarge(total);
        }
        if keep {
            copy(&mut out, code, &codes, last);
        }
        if let Some((begin, length)) = last
            && codes.len() + LZW_END + 1 < LZW_CODES
        {
            codes.push((begin, length + 1));
        }
        last = Some((begin, length));
    }
    if keep { Unpacked::Data(out) } else { Unpacked::Fits }
}

/// Puts the bytes of `code` at the end of `out`.
fn copy(out: &mut Vec<u8>, code: usize, codes: &[(u64, u64)], last: Option<(u64, u64)>) {
    let Some(index) = code.checked_sub(LZW_END + 1) else {
        out.push(u8::try_from(code).unwrap_or(0));
        return;
    };
    // A code that is just being made is the last one and its own first byte.
    let Some((begin, length)) = codes.get(index).copied().or(last.map(|(begin, length)| (begin, length + 1))) else {
        return;
    };
    for at in begin..begin + length {
        let byte = usize::try_from(at).ok().and_then(|at| out.get(at)).copied().unwrap_or(0);
        out.push(byte);
    }
}

/// Unpacks runs (ISO 32000-1, 7.4.5).
fn run_length(raw: &[u8], limit: u64) -> Unpacked {
    let mut out = Vec::new();
    let mut rest = raw;
    while let [length, tail @ ..] = rest {
        rest = match length {
            0..=127 => {
                let count = (usize::from(*length) + 1).min(tail.len());
                out.extend_from_slice(tail.get(..count).unwrap_or_default());
                tail.get(count..).unwrap_or_default()
            }
            128 => break,
            129..=255 => {
                let Some((byte, tail)) = tail.split_first() else { break };
                out.resize(out.len() + 257 - usize::from(*length), *byte);
                tail
            }
        };
        if out.len() as u64 > limit {
            return Unpacked::TooLarge(out.len() as u64);
        }
    }
    Unpacked::Data(out)
}

/// Reads base 85 (ISO 32000-1, 7.4.3).
fn ascii85(raw: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(raw.len());
    let mut group = [0_u8; 5];
    let mut count = 0;
    let flush = |group: &[u8; 5], count: usize, out: &mut Vec<u8>| {
        let digit = |index: usize| if index < count { u32::from(group[index]) } else { 84 };
        let value = (0..5).fold(0_u32, |value, index| value.wrapping_mul(85).wrapping_add(digit(index)));
        out.extend_from_slice(value.to_be_bytes().get(..count.saturating_sub(1)).unwrap_or_default());
    };
    for &byte in raw {
        match byte {
            b'z' if count == 0 => out.extend_from_slice(&[0; 4]),
            b'!'..=b'u' => {
                group[count] = byte - b'!';
                count += 1;
                if count == group.len() {
                    flush(&group, count, &mut out);
                    count = 0;
                }
            }
            b'~' => break,
            _ => {}
        }
    }
    flush(&group, count, &mut out);
    out
}

/// Reads hexadecimal digits (ISO 32000-1, 7.4.2).
fn ascii_hex(raw: &[u8]) -> Vec<u8> {
    let digits: Vec<u8> = raw
        .iter()
        .take_while(|&&byte| byte != b'>')
        .filter_map(|&byte| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok()))
        .collect();
    digits.chunks(2).map(|pair| pair.iter().fold(0, |byte, digit| byte << 4 | digit) << (4 * (2 - pair.len()))).collect()
}
