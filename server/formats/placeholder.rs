//! Texts that stand for something else, which somebody or some program puts there later.

/// Whether a program replaces this text, or a part of it, before anybody reads it as YAML: `{{ x }}`,
/// `${X}`, `<% x %>`, `@X@`, `#{X}`, `__X__`, or what SOPS encrypted. What it says is no fault.
pub fn is_filled_in(text: &str) -> bool {
    let between = |(open, close): (&str, &str)| {
        text.find(open).is_some_and(|at| text[at + open.len()..].contains(close))
    };
    const MARKS: [(&str, &str); 5] =
        [("{{", "}}"), ("${", "}"), ("<%", "%>"), ("#{", "}"), ("ENC[AES256_GCM,", "]")];
    MARKS.into_iter().any(between) || is_marked(text, "@") || is_marked(text, "__")
}

/// `@NAME@`, as configure scripts write it, or `__NAME__`.
fn is_marked(text: &str, mark: &str) -> bool {
    let mut parts = text.split(mark).skip(1);
    let sign = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
    let word = |part: &str| part.len() > 1 && part.bytes().all(sign);
    text.matches(mark).count() >= 2 && parts.next().is_some_and(word)
}

/// Whether somebody or some program was going to put something else there, so that nobody else may:
/// what programs replace, and `<name>`, `$NAME`, `@x@`, `__X__`, `#{X}#`, `%X%`, `[[x]]`.
pub fn is_placeholder(text: &str) -> bool {
    let around = |(open, close): (&str, &str)| {
        text.split_once(open).is_some_and(|(_, rest)| rest.find(close).is_some_and(|at| at > 0))
    };
    let variable = text.split('$').skip(1).any(|rest| {
        rest.starts_with(|first: char| first.is_ascii_alphabetic() || "_{[".contains(first))
    });
    let pairs = [("<", ">"), ("{", "}"), ("@", "@"), ("__", "__"), ("%", "%"), ("[[", "]]")];
    variable || pairs.into_iter().any(around)
}

/// Whether it is a placeholder, what a container puts in, such as `$(X)`, or a word that shouts like
/// `RELEASE-NAME`.
pub fn may_be_placeholder(text: &str) -> bool {
    let capital = |word: &str| !word.is_empty() && word.bytes().all(|it| it.is_ascii_uppercase());
    let shouts = text.contains(['-', '_']) && text.split(['-', '_']).all(capital);
    shouts || is_placeholder(text) || text.contains("$(")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_what_stands_for_something_else() {
        let filled_in =
            ["${A}", "{{x}}", "a-@NAME@", "<% x %>", "#{X}#", "report-__MONTH__", "__NAMESPACE__"];
        assert!(is_filled_in("ENC[AES256_GCM,data:Mg==,iv:yy,tag:zz,type:int]"));
        let by_hand = ["<node-name>", "a-$X", "@b@", "%A%", "[[x]]"];
        for text in filled_in {
            assert!(is_filled_in(text) && is_placeholder(text), "{text}");
        }
        for text in by_hand {
            assert!(!is_filled_in(text) && is_placeholder(text), "{text}");
        }
        for text in ["a", "a_b", "5%", "a@b.c", "a>b", "cost $5", ""] {
            assert!(!may_be_placeholder(text), "{text}");
        }
        for text in ["RELEASE-NAME", "a $(B)"] {
            assert!(!is_placeholder(text) && may_be_placeholder(text), "{text}");
        }
    }
}
