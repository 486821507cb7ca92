//! Doors for the fuzz targets (feature `fuzz`): what is read of Personio's answers, from the bytes that came.

use std::time::Duration;

use domain::record::{Asked, Attribute, Record};
use reqwest::header::{DATE, HeaderMap, HeaderValue, RETRY_AFTER};
use tokio::time::Instant;

use super::{
    address::Base,
    employees, patience,
    token::Token,
    wire::{self, Envelope, Granted, Unfit},
};
use crate::Page;

/// Opens an answer and reads it.
fn read<T>(body: &[u8], read: impl Fn(&Envelope<'_>) -> Result<T, Unfit>) -> Result<T, String> {
    Envelope::open(body).and_then(|envelope| read(&envelope)).map_err(told)
}

/// What people are told of an answer that is not fit.
fn told(unfit: Unfit) -> String {
    match unfit {
        Unfit::Answered(detail) => wire::bounded(&detail),
        Unfit::Unreadable(detail) => detail,
    }
}

/// A page of employees.
pub fn employees(body: &[u8], asked: &Asked) -> Result<Page, String> {
    employees::page(body, asked).map_err(told)
}

/// The same, taken apart as an answer is that is not good at first sight.
pub fn employees_at_length(body: &[u8], asked: &Asked) -> Result<Page, String> {
    read(body, |envelope| employees::read(envelope, asked))
}

/// One employee.
pub fn employee(body: &[u8], asked: &Asked) -> Result<Record, String> {
    read(body, |envelope| employees::read_one(envelope, asked))
}

/// The list of attributes.
pub fn attributes(body: &[u8]) -> Result<Vec<Attribute>, String> {
    read(body, wire::attributes)
}

/// A token, as the header that carries it.
///
/// # Panics
///
/// Where the header would be printed.
pub fn authorization(body: &[u8]) -> Result<String, String> {
    let granted = |envelope: &Envelope<'_>| Token::new(&Granted::read(envelope)?, Instant::now());
    let token = read(body, granted)?;
    let header = token.authorization();
    assert!(header.is_sensitive(), "a token would be printed");
    Ok(header.to_str().map(str::to_owned).unwrap_or_default())
}

/// What an answer that is an error says of itself.
pub fn said(body: &[u8]) -> Option<String> {
    wire::said(body).map(|text| wire::bounded(&text))
}

/// How long the source asks to be left alone, from the two headers that tell it.
pub fn retry_after(asked: &[u8], date: &[u8]) -> Option<Duration> {
    let mut headers = HeaderMap::new();
    headers.insert(RETRY_AFTER, HeaderValue::from_bytes(asked).ok()?);
    if let Ok(date) = HeaderValue::from_bytes(date) {
        headers.insert(DATE, date);
    }
    patience::retry_after(&headers)
}

/// What is told of a redirect from one address to another; none where the first is no address of ours.
pub fn pointed_at(base: &str, location: &str) -> Option<String> {
    Base::parse(base).ok().map(|base| base.pointed_at(Some(location)))
}
