//! Draws faults with a seed. The same seed draws the same ones until their code changes.

use std::collections::HashMap;

use crate::fault::Fault;

/// One in so many is a fault of a constant, a table or the data.
const BUILT_SHARE: usize = 6;

pub fn draw(mut faults: Vec<Fault>, count: usize, seed: &str) -> Vec<Fault> {
    rank(&mut faults, seed);
    let mut left = [count - count / BUILT_SHARE, count / BUILT_SHARE];
    let mut drawn: Vec<Fault> = Vec::new();
    for fault in faults {
        let left = &mut left[usize::from(!fault.is_switched())];
        let overlaps = fault.is_switched()
            && drawn.iter().any(|other| other.is_switched() && other.overlaps(&fault));
        if *left > 0 && !overlaps {
            *left -= 1;
            drawn.push(fault);
        }
    }
    drawn.sort_by(|one, two| (&one.file, one.line).cmp(&(&two.file, two.line)));
    drawn
}

/// Its line does not count, but how many of the same name stand before it.
fn rank(faults: &mut [Fault], seed: &str) {
    let mut seen: HashMap<String, u32> = HashMap::new();
    for fault in &mut *faults {
        let name = format!("{} {} {}", fault.file, fault.item, fault.what);
        let nth = seen.entry(name.clone()).or_default();
        *nth += 1;
        fault.key = format!("{:016x}", hash(&format!("{seed} {name} {nth}")));
    }
    faults.sort_by(|one, two| one.key.cmp(&two.key));
}

/// FNV-1a, mixed once more so that texts with the same start are far apart.
fn hash(text: &str) -> u64 {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325, step);
    let hash = (hash ^ (hash >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    let hash = (hash ^ (hash >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    hash ^ (hash >> 33)
}
