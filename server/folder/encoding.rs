//! How the bytes of a file stand for text.

/// UTF-8, or UTF-16 with a byte order mark, as PowerShell writes it and kubectl reads it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    #[default]
    Utf8,
    Utf16Le,
    Utf16Be,
}

/// The text that `bytes` stand for, or a phrase about why they stand for none.
pub fn decode(bytes: Vec<u8>) -> Result<(String, Encoding), String> {
    match bytes.as_slice() {
        [0xff, 0xfe, 0, 0, ..] | [0, 0, 0xfe, 0xff, ..] => {
            Err("UTF-32 text, which kubectl does not read either".to_owned())
        }
        [0xff, 0xfe, rest @ ..] => wide(rest, u16::from_le_bytes, Encoding::Utf16Le),
        [0xfe, 0xff, rest @ ..] => wide(rest, u16::from_be_bytes, Encoding::Utf16Be),
        [_, 0, _, 0, ..] | [0, _, 0, _, ..] => {
            Err("UTF-16 text without a byte order mark, or binary".to_owned())
        }
        _ => narrow(bytes),
    }
}

fn narrow(bytes: Vec<u8>) -> Result<(String, Encoding), String> {
    let is_binary = is_binary(&bytes);
    match String::from_utf8(bytes) {
        Ok(_) | Err(_) if is_binary => Err("a binary file, not text".to_owned()),
        Ok(text) => Ok((text, Encoding::Utf8)),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            Err(format!("not UTF-8 text (byte {at})"))
        }
    }
}

/// Whether no editor would have written these bytes. A single NUL in a text is a fault to point at.
fn is_binary(bytes: &[u8]) -> bool {
    let head = bytes.get(..1024).unwrap_or(bytes);
    let strange = |byte: &&u8| matches!(**byte, 0..=8 | 14..=26 | 28..=31 | 127);
    let magic =
        [&b"\x89PNG"[..], b"\x7fELF", b"\x1f\x8b", b"PK\x03\x04", b"%PDF-", b"\xff\xd8\xff"];
    magic.iter().any(|magic| bytes.starts_with(magic))
        || head.iter().filter(strange).count() * 10 > head.len()
}

fn wide(
    bytes: &[u8],
    unit: fn([u8; 2]) -> u16,
    encoding: Encoding,
) -> Result<(String, Encoding), String> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let text = String::from_utf16(&pairs.iter().map(|pair| unit(*pair)).collect::<Vec<_>>());
    match text {
        Ok(text) if rest.is_empty() => Ok((text, encoding)),
        _ => Err("invalid UTF-16 text".to_owned()),
    }
}

/// The bytes that stand for `text`, with the byte order mark that UTF-16 needs.
pub fn encode(text: &str, encoding: Encoding) -> Vec<u8> {
    let units = || std::iter::once(0xfeff).chain(text.encode_utf16());
    match encoding {
        Encoding::Utf8 => text.as_bytes().to_vec(),
        Encoding::Utf16Le => units().flat_map(u16::to_le_bytes).collect(),
        Encoding::Utf16Be => units().flat_map(u16::to_be_bytes).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_written_as_it_was_read() {
        let text = "a: \"é日😀\"\r\n";
        for encoding in [Encoding::Utf8, Encoding::Utf16Le, Encoding::Utf16Be] {
            let bytes = encode(text, encoding);
            assert_eq!(decode(bytes), Ok((text.to_owned(), encoding)));
        }
    }

    #[test]
    fn what_is_no_text_is_told() {
        for (bytes, told) in [
            (&b"\xff\xfe\0\0a\0\0\0"[..], "UTF-32"),
            (b"\0\0\xfe\xff\0\0\0a", "UTF-32"),
            (b"a\0:\0 \0b\0", "byte order mark"),
            (b"\xff\xfea\0b", "invalid UTF-16"),
            (b"\xff\xfe\0\xd8", "invalid UTF-16"),
            (b"a: \xff", "byte 3"),
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary"),
            (b"\x7fELF\x02\x01\x01\0\0\0\0\0", "binary"),
        ] {
            let found = decode(bytes.to_vec()).unwrap_err();
            assert!(found.contains(told), "{bytes:?}: {found}");
        }
        assert!(decode(b"a: 1\0\nb: 2\n".to_vec()).is_ok(), "one NUL is a fault of a text");
        assert!(decode(Vec::new()).is_ok());
    }
}
