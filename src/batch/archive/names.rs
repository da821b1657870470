//! Names of an archive's members as they are shown: nothing in them leads out of the archive.

/// Characters of a member's name that are kept; a name of 64 KiB would stand in every record of its document.
const MOST_CHARACTERS: usize = 512;

/// The upper half of code page 437, in which names stand that are not marked as UTF-8 (APPNOTE.TXT, appendix D.1).
const CODE_PAGE_437: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}";

/// The name of a member from the bytes in the directory: its parts with `/` between them, no empty ones, and a `..` as
/// `%2E%2E`, so that the name cannot be taken for a path out of the archive.
pub(super) fn shown(raw: &[u8], is_utf8: bool) -> String {
    let decoded = match std::str::from_utf8(raw) {
        Ok(text) if is_utf8 || text.is_ascii() => text.to_owned(),
        // Many programs write UTF-8 without saying so; other text is hardly ever valid UTF-8 by chance.
        Ok(text) => text.to_owned(),
        Err(_) => raw.iter().map(|byte| from_437(*byte)).collect(),
    };
    let parts = decoded.split(['/', '\\']).filter(|part| !matches!(*part, "" | "."));
    let parts: Vec<&str> = parts.map(|part| if part == ".." { "%2E%2E" } else { part }).collect();
    let name = parts.join("/");
    let Some((end, _)) = name.char_indices().rev().nth(MOST_CHARACTERS) else {
        return if name.is_empty() { "unnamed".to_owned() } else { name };
    };
    // The end of the name is kept, for the extension stands there.
    format!("…{}", name.get(end..).unwrap_or_default().chars().skip(1).collect::<String>())
}

fn from_437(byte: u8) -> char {
    let upper = usize::from(byte).checked_sub(128);
    upper.map_or(char::from(byte), |index| CODE_PAGE_437.chars().nth(index).unwrap_or(char::REPLACEMENT_CHARACTER))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_do_not_lead_out_of_the_archive() {
        assert_eq!(shown(b"returns/plan.csv", false), "returns/plan.csv");
        assert_eq!(shown(b"../../etc/passwd", false), "%2E%2E/%2E%2E/etc/passwd");
        assert_eq!(shown(b"/srv//./plan.csv", false), "srv/plan.csv");
        assert_eq!(shown(b"C:\\returns\\plan.csv", false), "C:/returns/plan.csv");
        assert_eq!(shown(b"", false), "unnamed");
    }

    #[test]
    fn names_are_utf_8_or_code_page_437() {
        assert_eq!(shown("Küche.csv".as_bytes(), true), "Küche.csv");
        assert_eq!(shown(b"K\x81che \x9c5.csv", false), "Küche £5.csv");
        assert_eq!(CODE_PAGE_437.chars().count(), 128);
    }

    #[test]
    fn long_names_keep_their_end() {
        let name = shown(format!("{}.csv", "x".repeat(60_000)).as_bytes(), false);
        assert!(name.chars().count() <= MOST_CHARACTERS + 1 && name.ends_with("x.csv") && name.starts_with('…'), "{name}");
    }
}
