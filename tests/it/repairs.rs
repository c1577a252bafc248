//! How our own manifests are read again whose indentation was lost or moved: `repairs.txt`.

use std::fmt::Write;
use std::path::Path;

use podls::actions::indent::{Reading, Repair, repair};
use podls::schema::Version;
use podls::syntax;
use podls::text::apply;

use crate::completing::manifests;
use crate::generate::ensure;
use crate::indent::{flat, moved, value};

/// How many blocks of a manifest are moved.
const MOVED: usize = 3;

/// What indentation means in few lines: texts, brackets and quotes over several lines, comments, quoted keys.
const ODD: &str = r#"apiVersion: v1
kind: Pod
metadata:
  name: odd
  annotations:
    "quoted/key": 'a
      b'
    'other key' : c
    note: |
      # text
      key: value

      - item
    folded: >-
      a b

        c
spec:
  # About the containers.
  containers:
  - name: "web"
    command: [sh,
      -c,

      "echo a"]
    # Behind the command.
    args:
    - |
      run: all
      - now
    - {a: 1,
       b: 2}
    env:
    - name: A
      value: "b
        c"
    ports: [{containerPort: 80},
            {containerPort: 81}]
  - "name": second
    'image': b
    "resources":
      "limits":
        memory: 1Gi
    # At the end of the container.

  # Before the last field.
  nodeSelector: {a: b}
"#;

#[test]
fn every_repair_is_there() {
    let mut out = String::from(
        "Written by `cargo test`: how manifests are read whose indentation is lost or moved.\n",
    );
    let own = |name: &str| !name.contains(' ') || name.ends_with("indented");
    for (name, text) in manifests().into_iter().filter(|(name, _)| own(name)) {
        let documents = syntax::Stream::new(&text, str::to_owned);
        for (_, text) in documents.documents().filter(|(_, it)| it.lines().count() <= 120) {
            of_document(&name, text, &mut out);
        }
    }
    of_document("odd", ODD, &mut out);
    for line in 0..ODD.lines().count() {
        for by in [-2, -1, 2] {
            if let Some(broken) = shifted(line, by) {
                of_broken(&format!("line {} by {by}", line + 1), ODD, &broken, &mut out);
            }
        }
        let (head, tail): (Vec<_>, Vec<_>) =
            ODD.split_inclusive('\n').enumerate().partition(|(at, _)| *at < line);
        let text = |lines: Vec<(usize, &str)>| lines.iter().map(|it| it.1).collect::<String>();
        let broken = text(head) + &flat(&text(tail));
        of_broken(&format!("flat from line {}", line + 1), ODD, &broken, &mut out);
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/repairs.txt");
    ensure(&[(path, out)]);
}

/// With one line in another column, if it can be there.
fn shifted(line: usize, by: isize) -> Option<String> {
    let mut lines: Vec<_> = ODD.split_inclusive('\n').map(str::to_owned).collect();
    let text = lines[line].trim_start_matches(' ');
    let column = (lines[line].len() - text.len()).checked_add_signed(by)?;
    let shifted = format!("{}{text}", " ".repeat(column));
    lines[line] = shifted;
    Some(lines.concat())
}

fn of_document(name: &str, text: &str, out: &mut String) {
    let parse = syntax::parse(text);
    writeln!(out, "\n{name}").unwrap();
    of_broken("flat", text, &flat(text), out);
    let moves = if name.contains(' ') { 0 } else { MOVED };
    for number in 0..moves {
        if let Some(broken) = moved(&parse, number * 5).filter(|it| it != text) {
            of_broken(&format!("moved {number}"), text, &broken, out);
        }
    }
}

fn of_broken(how: &str, text: &str, broken: &str, out: &mut String) {
    let parse = syntax::parse(broken);
    match repair(&parse, None, Version::default()) {
        Repair::Fine => writeln!(out, "{how}: fine").unwrap(),
        Repair::Unknown(why) => writeln!(out, "{how}: {why}").unwrap(),
        Repair::Readings(readings) => {
            let readings = readings.iter().map(|it| shown(text, broken, it));
            writeln!(out, "{how}: {}", readings.collect::<Vec<_>>().join(" or ")).unwrap();
        }
    }
}

/// The lines that stand in another column than before, and what is said of the others.
fn shown(text: &str, broken: &str, reading: &Reading) -> String {
    let repaired = apply(broken, &reading.edits);
    let column = |line: &str| line.len() - line.trim_start().len();
    let lines = (1..).zip(text.lines().zip(repaired.lines()));
    let others = lines.filter(|(_, (before, after))| before != after);
    let others = others.map(|(number, (_, after))| format!(" {number}:{}", column(after)));
    let others: String = others.collect();
    let is_right = value(&syntax::parse(&repaired)) == value(&syntax::parse(text));
    let mut said = format!("{}{others}", if is_right { "right" } else { "other" });
    if let Some((line, words)) = &reading.differs {
        write!(said, " (line {}: {words})", line + 1).unwrap();
    }
    if !reading.texts.is_empty() || reading.ends_in_text {
        write!(said, " (texts {:?}, {})", reading.texts, reading.ends_in_text).unwrap();
    }
    said
}
