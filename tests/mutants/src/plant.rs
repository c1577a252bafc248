//! Plants faults in the text of a file.

use std::ops::Range;

use crate::fault::{Fault, ON};

/// The number of a fault, and where it is in the text that has it.
pub type Planted = (usize, Range<usize>);

/// The text with faults that can be switched on, each with its number.
pub fn switched(text: &str, faults: &[(usize, &Fault)]) -> (String, Vec<Planted>) {
    let mut faults = faults.to_vec();
    faults.sort_by_key(|(number, it)| {
        (it.replacement.range.start, it.replacement.range.end, *number)
    });
    let (mut planted, mut places, mut done) = (String::new(), Vec::new(), 0);
    for (number, fault) in faults {
        let range = &fault.replacement.range;
        planted += &text[done..range.start];
        let start = planted.len();
        planted += &fault.replacement.text.replace(ON, &format!("crate::mutant::on({number})"));
        places.push((number, start..planted.len()));
        done = range.end;
    }
    planted += &text[done..];
    (planted, places)
}

pub fn built(text: &str, fault: &Fault) -> String {
    let range = &fault.replacement.range;
    format!("{}{}{}", &text[..range.start], fault.replacement.text, &text[range.end..])
}
