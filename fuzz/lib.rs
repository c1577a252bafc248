//! What must hold for any input. `cargo test` of podls runs the same properties for a moment.

mod properties;

/// Panics unless the property of this name holds of `data`.
pub fn check(name: &str, data: &[u8]) {
    let property = properties::ALL.iter().find(|(known, _)| *known == name);
    let (_, check) = property.expect("every target has a property of its name");
    check(data);
}
