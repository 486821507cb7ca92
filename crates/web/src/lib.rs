//! The web front: health and a placeholder page for now.
