//! Mail templates and delivery.
