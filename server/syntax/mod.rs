//! YAML: documents, trees with byte spans, and edits in the style of a file.
