//! Every setting, with its doc comment and its default.

/// Settings of the editor, of `podls.yaml` and of the command line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {}
