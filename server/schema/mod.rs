//! What Kubernetes' types say: kinds, fields, docs, versions. Plain data, made by `build.rs`.
