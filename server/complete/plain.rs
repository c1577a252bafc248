//! Snippets without their places to fill in.

/// The text of a snippet for editors that know none: a place to fill in becomes the word it suggests.
pub fn without_places(snippet: &str) -> String {
    let mut out = String::with_capacity(snippet.len());
    let mut rest = snippet;
    let mut open = 0;
    while let Some(at) = rest.find(['$', '\\', '}']) {
        let (before, sign) = rest.split_at(at);
        out.push_str(before);
        rest = match sign.as_bytes() {
            [b'\\', ..] => {
                let escaped = sign.chars().nth(1).map_or(0, char::len_utf8);
                out.push_str(&sign[1..1 + escaped]);
                &sign[1 + escaped..]
            }
            [b'$', b'{', ..] => {
                let inner = sign[2..].trim_start_matches(|char: char| char.is_ascii_digit());
                // Of several words to choose from, the first.
                if let Some((words, behind)) =
                    inner.strip_prefix('|').and_then(|words| words.split_once("|}"))
                {
                    out.push_str(words.split(',').next().unwrap_or_default());
                    behind
                } else {
                    open += 1;
                    inner.strip_prefix(':').unwrap_or(inner)
                }
            }
            [b'$', b'0'..=b'9', ..] => {
                sign[1..].trim_start_matches(|char: char| char.is_ascii_digit())
            }
            [b'}', ..] if open > 0 => {
                open -= 1;
                &sign[1..]
            }
            _ => {
                out.push_str(&sign[..1]);
                &sign[1..]
            }
        };
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_become_their_words() {
        for (snippet, text) in [
            ("name: ${1:app}\nimage: ${2:nginx:1.27}$0", "name: app\nimage: nginx:1.27"),
            ("a$1b${2}c", "abc"),
            ("a: ${2|Never,OnFailure|}\nb", "a: Never\nb"),
            ("${1:x${2:y}z}", "xyz"),
            (r"\$(VAR) \} \\ }", r"$(VAR) } \ }"),
            ("$(VAR) $x", "$(VAR) $x"),
            ("é$", "é$"),
            ("\\", ""),
        ] {
            assert_eq!(without_places(snippet), text, "{snippet}");
        }
    }
}
