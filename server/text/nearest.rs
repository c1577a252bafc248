//! The word that somebody meant.

/// The candidate most like `word`, when one is so near that it was probably meant: a slip or two,
/// another case, or the hyphens left out. `None` when two are equally near.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    match nearest_ones(word, candidates).as_slice() {
        [one] => Some(one),
        _ => None,
    }
}

/// Whether `word` is `meant` but for a slip or two, case and signs left aside.
pub fn is_slip(word: &str, meant: &str) -> bool {
    strsim::osa_distance(&normal(word), &normal(meant)) <= 2
}

/// All candidates that are so near and equally near. One that differs in a single character as it is
/// written counts as equally near: `HTTPs` may be `HTTPS` in another case, or `HTTP` with a slip.
pub fn nearest_ones<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let plain = normal(word);
    let (count, letters) = (plain.chars().count(), letters_of(&plain));
    let allowed = (count / 3).clamp(1, 3);
    let (mut least, mut best, mut slips) = (allowed, Vec::new(), Vec::new());
    for candidate in candidates {
        // Lengths that differ by more cannot be near, and most candidates end here.
        if candidate.len().abs_diff(word.len()) > allowed + 3 {
            continue;
        }
        let other = normal(candidate);
        let others = letters_of(&other);
        // Each edit brings or takes at most one letter.
        let differ = (letters & !others).count_ones().max((others & !letters).count_ones());
        if other.chars().count().abs_diff(count).max(differ as usize) > least.max(1) {
            continue;
        }
        let distance = strsim::osa_distance(&plain, &other);
        if distance == 1 && strsim::osa_distance(word, candidate) == 1 {
            slips.push(candidate);
        }
        if distance < least {
            best.clear();
        }
        if distance <= least && !best.contains(&candidate) {
            least = distance;
            best.push(candidate);
        }
    }
    slips.retain(|slip| !best.contains(slip));
    best.append(&mut slips);
    best
}

/// A bit for each letter in `word`; some letters share one.
fn letters_of(word: &str) -> u64 {
    word.chars().fold(0, |all, char| all | 1 << (u32::from(char) % 64))
}

/// What is compared: case and the signs between words are no difference.
fn normal(word: &str) -> String {
    let letters = word.chars().filter(|char| !matches!(char, '-' | '_' | ' '));
    // Unicode's lower case is a search in a table, and nearly all words are ASCII.
    if word.is_ascii() {
        letters.map(|char| char.to_ascii_lowercase()).collect()
    } else {
        letters.flat_map(char::to_lowercase).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{is_slip, nearest, nearest_ones};

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
        assert!(is_slip("volumeMunts", "volumeMounts") && !is_slip("mountPath", "hostPath"));
        let schemes = ["HTTP", "HTTPS"];
        assert_eq!(
            ["https", "HTTPs", "htpps", "HTTPSS"].map(|it| nearest(it, schemes)),
            [Some("HTTPS"), None, Some("HTTPS"), Some("HTTPS")]
        );
        let names = ["hostPID", "hostIPC", "hostNetwork"];
        assert_eq!(nearest("hostIPD", names), None);
        assert_eq!(nearest("hostIPCC", names), Some("hostIPC"));
        assert_eq!(nearest_ones("hostIPD", names), ["hostPID", "hostIPC"]);
    }
}
