//! Faults in the data of the schema: a line is missing, or what stands last in it is another value.

use crate::fault::{Fault, Replacement};

pub fn faults(name: &str, text: &str) -> Vec<Fault> {
    let (mut faults, mut start) = (Vec::new(), 0);
    for (number, line) in (1..).zip(text.split_inclusive('\n')) {
        let content = line.trim();
        if !content.is_empty() && !content.starts_with('#') {
            let mut add = |what: String, range, text| {
                let replacement = Replacement { range, text };
                let item = content.split(':').next().unwrap_or_default().to_owned();
                let (key, file) = (String::new(), name.to_owned());
                faults.push(Fault { key, file, line: number, item, what, replacement });
            };
            add("no line".to_owned(), start..start + line.len(), String::new());
            if let Some((from, to)) = another_value(content) {
                let at = start + line.rfind(from).expect("it is a part of the line");
                add(format!("`{from}` to `{to}`"), at..at + from.len(), to);
            }
        }
        start += line.len();
    }
    faults
}

/// The last number of a line with one more, or a letter behind its last word.
fn another_value(line: &str) -> Option<(&str, String)> {
    let is_end = |char: char| !char.is_ascii_alphanumeric();
    let word = line.rsplit(is_end).find(|it| !it.is_empty())?;
    Some(match word.parse::<u64>() {
        Ok(number) => (word, (number + 1).to_string()),
        Err(_) => (word, format!("{word}x")),
    })
}
