//! What the measuring knows of the portal. All other pages are found by following links.

/// Where the first administrator begins.
pub(crate) const FIRST_RUN: &str = "/first-run/";

/// What they fill in.
pub(crate) const FIRST_ADMINISTRATOR: &[(&str, &str)] = &[
    ("programme", "Acme"),
    ("time_zone", "Europe/Berlin"),
    ("name", "Ada Owner"),
    ("email", "ada@acme.example"),
    ("password", "nine quiet lanterns"),
    ("language", "en"),
];

/// Searches as somebody types them: by names, addresses and employee IDs, of many, of few and of nobody.
pub(crate) const SEARCHES: &[&str] = &["a", "sc", "mar", "bane", "an ba", "120", "1204313", "anna.b", "nobody at all"];

/// Where following links begins, and pages that no other page leads to.
pub(crate) const BEGINNINGS: &[&str] = &["/manage/acme", "/help", "/account", "/sign-in"];
