//! What has to hold for any bytes at all, of every parser that meets the outside.
//!
//! A target is a plain function over bytes that panics where something does not hold. Tests run each over its seeds and
//! over mutations of them (`tests/it`); `cargo xtask fuzz` lets libFuzzer look for more, guided by what the code does
//! (`fuzz/` in the root of the repository). What either finds becomes a seed, beside the test of the parser itself.

mod addresses;
mod files;
mod front;
mod mails;
mod people;
mod personio;
mod typed;

use std::borrow::Cow;

/// Something that reads what others wrote.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    /// How it is called, and the folder of its seeds.
    pub name: &'static str,
    /// What it reads.
    pub about: &'static str,
    /// Reads; panics where something does not hold that has to.
    pub run: fn(&[u8]),
}

/// All of them.
pub const TARGETS: &[Target] = &[
    target("personio-employees", "pages of employees, and one employee", personio::employees),
    target("personio-attributes", "the list of attributes", personio::attributes),
    target("personio-token", "what authentication answers", personio::token),
    target("personio-error", "answers that are errors", personio::error),
    target("personio-headers", "Retry-After, Date and where redirects point", personio::headers),
    target("set-up-file", "set-up files", files::set_up),
    target("members-file", "files of members (CSV)", files::members),
    target("secret", "keys, and what they sealed", files::secret),
    target("fields", "values of members' fields", people::fields),
    target("names", "names, addresses and what is searched for", people::names),
    target("segment", "values of a segment", typed::segment),
    target("days", "numbers of days, instants and days", typed::days),
    target("programme", "what names a programme or a custom field", typed::programme),
    target("wording", "a programme's wording of a mail", mails::wording),
    target("mail-values", "what a mail is filled in with", mails::values),
    target("request", "cursors, cookies, ranges and other headers", front::request),
    target("form", "bodies of forms with rows", front::form),
    target("next", "where to go after signing in", front::next),
    target("webhook", "addresses that events are sent to", addresses::webhook),
    target("mail-server", "addresses of mail servers", addresses::mail_server),
];

const fn target(name: &'static str, about: &'static str, run: fn(&[u8])) -> Target {
    Target { name, about, run }
}

/// The target of this name.
pub fn named(name: &str) -> Option<&'static Target> {
    TARGETS.iter().find(|target| target.name == name)
}

/// What the bytes are as text. Most parsers get text that a library has read; what is none comes as U+FFFD.
fn text(data: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(data)
}

/// The first line, and the rest.
fn halves(text: &str) -> (&str, &str) {
    text.split_once('\n').unwrap_or((text, ""))
}
