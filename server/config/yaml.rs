//! Reads the YAML of settings and kustomizations, which nobody vouches for: aliases that blow up and
//! nesting without end are refused before they cost anything.

use std::cell::Cell;
use std::fmt;

use serde::de::{DeserializeSeed, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

/// How many values a file may hold, each as often as an alias repeats it.
const MOST_VALUES: usize = 100_000;

/// How deep brackets may be nested, how many signs that can nest (`- - - x`) a line may hold, and how
/// many directives there may be. serde_yaml has limits of its own, but only after it has looked at all
/// of the text, which takes it the square of these.
const DEEPEST: usize = 128;
const MOST_SIGNS: usize = 1_000;
const MOST_DIRECTIVES: usize = 100;

/// The first document of `text`.
pub(super) fn read(text: &str) -> Result<Value, serde_yaml::Error> {
    if is_laborious(text) {
        return Err(serde_yaml::Error::custom("too deeply nested, or too many directives"));
    }
    let left = Cell::new(MOST_VALUES);
    Counted(&left).deserialize(serde_yaml::Deserializer::from_str(text))
}

/// Whether more is nested than in any settings. What stands in quotes and comments is counted with the
/// rest: that much of it is no settings either.
fn is_laborious(text: &str) -> bool {
    let (mut depth, mut signs, mut directives) = (0_usize, 0_usize, 0_usize);
    let mut before = b'\n';
    text.bytes().any(|byte| {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            b' ' | b'\t' if matches!(before, b'-' | b'?' | b':') => signs += 1,
            b'\n' | b'\r' => signs = 0,
            b'%' if matches!(before, b'\n' | b'\r') => directives += 1,
            _ => {}
        }
        before = byte;
        depth > DEEPEST || signs > MOST_SIGNS || directives > MOST_DIRECTIVES
    })
}

/// A value that takes one from what is left for each value in it.
#[derive(Clone, Copy)]
struct Counted<'a>(&'a Cell<usize>);

impl<'de> DeserializeSeed<'de> for Counted<'_> {
    type Value = Value;

    fn deserialize<D: serde::Deserializer<'de>>(self, from: D) -> Result<Value, D::Error> {
        let left = self.0.get().checked_sub(1);
        self.0.set(left.ok_or_else(|| D::Error::custom("too many values"))?);
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Counted<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value without a tag")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(self)? {
            list.push(item);
        }
        Ok(list.into())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        while let Some(key) = entries.next_key()? {
            map.insert(key, entries.next_value_seed(self)?);
        }
        Ok(map.into())
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;

    #[test]
    fn values_are_those_of_serde_yaml() {
        for text in
            ["", "a: [1, -1, 1.5, x, ~, true]\nb: {c: \"d\"}\n", "a: &x [1]\nb: *x\n", "1: 2\n"]
        {
            assert_eq!(read(text).unwrap(), serde_yaml::from_str::<Value>(text).unwrap(), "{text}");
        }
        assert!(read("a: [").is_err());
        assert!(read("a: !x y").is_err());
    }

    #[test]
    fn bombs_end_at_once() {
        let doubled: String =
            (1..40).map(|at| format!("a{at}: &a{at} [*a{0}, *a{0}]\n", at - 1)).collect();
        let long = format!("a: &a [{}]\nb: [{}]\n", "1, ".repeat(99_000), "*a, ".repeat(99_000));
        for (what, text) in [
            ("brackets", "[".repeat(1 << 20)),
            ("maps", "{a: ".repeat(1 << 18)),
            ("keys", "? ".repeat(1 << 19)),
            ("dashes", "- ".repeat(1 << 19)),
            ("colons", "a: ".repeat(1 << 18)),
            ("aliases", format!("a0: &a0 [x]\n{doubled}")),
            ("long aliases", long),
            ("lines", "- [\n".repeat(1 << 18)),
            ("anchors", "&a ".repeat(1 << 18)),
            (
                "directives",
                (0..70_000).map(|at| format!("%TAG !{at}! x\n")).collect::<String>() + "--- !x y\n",
            ),
            ("steps", (0..1_400).map(|at| format!("{}a:\n", " ".repeat(at))).collect()),
        ] {
            let start = Instant::now();
            let found = read(&text);
            assert!(found.is_err(), "{what}");
            assert!(start.elapsed() < Duration::from_secs(5), "{what}: {:?}", start.elapsed());
        }
    }
}
