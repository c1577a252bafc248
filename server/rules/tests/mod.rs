//! What holds for all rules, and for the engine that runs them.

mod declared;
mod ignored;
mod running;
