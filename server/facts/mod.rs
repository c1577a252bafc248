//! What Kubernetes says beyond types: formats, quantities, signals. Pure functions over text.
