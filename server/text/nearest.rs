//! The word that somebody meant.

/// The candidate most like `word`, when one is so near that it was probably meant: a slip or two,
/// another case, or the hyphens left out. Of equally near ones the first.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let plain = normal(word);
    let allowed = (plain.chars().count() / 3).clamp(1, 3);
    let mut best: Option<(usize, &'a str)> = None;
    for candidate in candidates {
        // Lengths that differ by more cannot be near, and most candidates end here.
        if candidate.len().abs_diff(word.len()) > allowed + 3 {
            continue;
        }
        let distance = strsim::osa_distance(&plain, &normal(candidate));
        if distance <= allowed && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// What is compared: case and the signs between words are no difference.
fn normal(word: &str) -> String {
    word.chars()
        .filter(|char| !matches!(char, '-' | '_' | ' '))
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn finds_what_was_meant() {
        let names = ["image", "imagePullPolicy", "name", "unknown-field", "env", "envFrom"];
        let near = |word| nearest(word, names);
        assert_eq!(near("imgae"), Some("image"));
        assert_eq!(near("Image"), Some("image"));
        assert_eq!(near("image_pull_policy"), Some("imagePullPolicy"));
        assert_eq!(near("unknownField"), Some("unknown-field"));
        assert_eq!(near("evn"), Some("env"));
        assert_eq!(near("volumes"), None);
        assert_eq!(near("日本語"), None);
        assert_eq!(near(""), None);
    }
}
