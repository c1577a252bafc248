//! Test helpers: the fixture format.
