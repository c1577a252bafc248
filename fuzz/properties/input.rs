//! Bytes as a source of choices.

/// The longest text that is made: what must hold for long ones is tested elsewhere, and slow inputs find
/// little.
pub(super) const LONGEST: usize = 4096;

/// An input is a text, and behind a NUL the choices of what to do with it. Where it has none, they follow
/// from the text, so that any file is an input.
pub(super) struct Input<'a> {
    /// What the text is made of.
    pub(super) text: &'a [u8],
    pub(super) choices: Choices<'a>,
}

impl<'a> Input<'a> {
    pub(super) fn new(data: &'a [u8]) -> Self {
        let cut = data.iter().rposition(|byte| *byte == 0);
        let (text, choices) = match cut {
            Some(at) => (&data[..at], &data[at + 1..]),
            None => (data, &[][..]),
        };
        let seed = if choices.is_empty() { hash(text) } else { 0 };
        Self { text, choices: Choices { bytes: choices, seed } }
    }
}

fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xCBF2_9CE4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01B3)
    }) | 1
}

/// Choices, one after the other. Behind the last byte they are all 0, or chance where there was none.
pub(super) struct Choices<'a> {
    bytes: &'a [u8],
    seed: u64,
}

impl<'a> Choices<'a> {
    pub(super) fn of(bytes: &'a [u8]) -> Self {
        Self { bytes, seed: 0 }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.bytes.is_empty() && self.seed == 0
    }

    /// Whether there are no choices, so that chance makes them.
    pub(super) fn are_chance(&self) -> bool {
        self.seed != 0
    }

    pub(super) fn byte(&mut self) -> u8 {
        if let Some((first, rest)) = self.bytes.split_first() {
            self.bytes = rest;
            return *first;
        }
        // Xorshift; 0 stays 0.
        self.seed ^= self.seed << 13;
        self.seed ^= self.seed >> 7;
        self.seed ^= self.seed << 17;
        (self.seed >> 32) as u8
    }

    /// A number below `end`, or 0.
    pub(super) fn below(&mut self, end: usize) -> usize {
        let mut number = usize::from(self.byte());
        if end > 256 {
            number = number << 8 | usize::from(self.byte());
        }
        if end == 0 { 0 } else { number % end }
    }

    pub(super) fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }

    /// A place in `text` between two characters.
    pub(super) fn place(&mut self, text: &str) -> usize {
        floor(text, self.below(text.len() + 1))
    }
}

/// The last place between two characters at or in front of `at`.
pub(super) fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}
