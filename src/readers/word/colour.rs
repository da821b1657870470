//! Colours as they are written.

/// Six hexadecimal digits as red, green, blue; none for "auto".
pub(super) fn rgb(value: &str) -> Option<[u8; 3]> {
    let value = value.trim().trim_start_matches('#');
    let number = u32::from_str_radix(value, 16).ok().filter(|_| value.len() == 6)?;
    let [_, red, green, blue] = number.to_be_bytes();
    Some([red, green, blue])
}
