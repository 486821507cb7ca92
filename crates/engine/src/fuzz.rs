//! Doors for the fuzz targets (feature `fuzz`): what people hand in that only this crate reads.

use reqwest::Url;

use crate::{MemberEntries, UploadFile, events::address, members};

/// The lines of a file of members, each with its number; none of a file that is refused as a whole.
pub fn upload(file: UploadFile<'_>) -> Option<Vec<(i32, MemberEntries)>> {
    members::lines_of(file).ok()
}

/// Where events are to go; what is wrong with the address is its code.
pub fn webhook(url: &str) -> Result<Url, &'static str> {
    address::check(url, false)
}
