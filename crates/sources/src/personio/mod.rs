//! Personio, API v1.
