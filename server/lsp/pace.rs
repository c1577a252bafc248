//! Remembers how long each kind of request takes, so that only quick ones run on the event loop.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// What takes more microseconds runs beside the messages that follow. For less, the detour would cost
/// more than it is worth.
const QUICK: u64 = 2_000;
/// Above it, work takes turns with other long work, so that short work need not wait for it.
const LONG: u64 = 20_000;

/// A text of so many bytes is taken to be quick until it has shown that it is not. It is small: one may
/// be made to be slow.
const SMALL: usize = 8 << 10;
/// So many bytes take long, as far as nothing else is known.
const LARGE: usize = 128 << 10;

macro_rules! kinds {
    ($($kind:ident,)*) => {
        /// What is asked of a document.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub(super) enum Kind {
            $($kind,)*
        }

        const KINDS: usize = [$(Kind::$kind),*].len();
    };
}

kinds! {
    Diagnostics,
    Completion,
    Hover,
    Names,
    Highlights,
    Symbols,
    Folds,
    Selections,
    Hints,
    Actions,
    Patterns,
    Diagram,
    Status,
}

impl Kind {
    /// Of these only the newest answer is of use to anybody.
    pub(super) fn newest_only(self) -> bool {
        matches!(self, Self::Diagnostics | Self::Completion)
    }
}

/// How long each kind took the last time, in microseconds, and for how many bytes: both in one number.
/// 0 when it was not asked yet.
#[derive(Debug, Default)]
pub(super) struct Pace([AtomicU64; KINDS]);

impl Pace {
    /// Runs `work` on a text of `len` bytes.
    pub(super) fn measure<T>(&self, kind: Kind, len: usize, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let answer = work();
        self.note(kind, len, start.elapsed());
        answer
    }

    fn note(&self, kind: Kind, len: usize, took: Duration) {
        let took = u32::try_from(took.as_micros()).unwrap_or(u32::MAX).max(1);
        let len = u32::try_from(len).unwrap_or(u32::MAX);
        self.0[kind as usize].store(u64::from(took) << 32 | u64::from(len), Ordering::Relaxed);
    }

    /// Whether it is over soon, for a text of `len` bytes of which `unparsed` are to be parsed first.
    pub(super) fn is_quick(&self, kind: Kind, len: usize, unparsed: usize) -> bool {
        match self.expected(kind, len) {
            Some(took) => took <= QUICK && unparsed <= 4 * SMALL,
            None => len <= SMALL,
        }
    }

    /// Whether it takes so long that it has to take turns.
    pub(super) fn is_long(&self, kind: Kind, len: usize) -> bool {
        self.expected(kind, len).map_or(len > LARGE, |took| took > LONG)
    }

    /// How long it takes, if it was asked before.
    fn expected(&self, kind: Kind, len: usize) -> Option<u64> {
        let last = self.0[kind as usize].load(Ordering::Relaxed);
        let (took, of) = (last >> 32, last & u64::from(u32::MAX));
        let len = u64::try_from(len).unwrap_or(u64::MAX);
        (last != 0).then(|| if len > 2 * of { took.saturating_mul(len) / of.max(64) } else { took })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_slow_is_taken_to_be_slow() {
        let pace = Pace::default();
        assert!(pace.is_quick(Kind::Hover, SMALL, SMALL));
        assert!(!pace.is_quick(Kind::Hover, SMALL + 1, 0));
        pace.note(Kind::Hover, 1_000_000, Duration::from_micros(100));
        assert!(pace.is_quick(Kind::Hover, 1_100_000, 0));
        assert!(!pace.is_quick(Kind::Hover, 1_100_000, 1_000_000));
        assert!(!pace.is_quick(Kind::Hover, 50_000_000, 0));
        assert!(!pace.is_long(Kind::Hover, 1_000_000));
        assert!(pace.is_long(Kind::Symbols, 1_000_000));
        pace.note(Kind::Hover, 300, Duration::from_secs(1));
        assert!(!pace.is_quick(Kind::Hover, 300, 0));
        assert!(pace.is_long(Kind::Hover, 300));
        pace.note(Kind::Hover, 0, Duration::ZERO);
        assert!(pace.is_quick(Kind::Hover, 0, 0));
    }
}
