//! Properties of all rules, and of the engine that runs them.

mod declared;
mod ignored;
mod running;
