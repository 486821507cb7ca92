//! Doors for the fuzz targets (feature `fuzz`): what requests bring that only this crate reads.

use std::net::IpAddr;

use axum::http::{HeaderMap, HeaderValue, header};
use domain::language::Language;

use crate::{
    access::cookie,
    api::asked,
    client::Proxies,
    form::Entries,
    pages::{help::media, sign_in},
    words,
};

/// The list that cursors are read for.
const LIST: char = 'c';

/// A cursor of a list by number, read and written again.
pub fn number_cursor(cursor: &str) -> Option<String> {
    asked::number_of(LIST, Some(cursor)).ok().flatten().map(|number| asked::after_number(LIST, number))
}

/// A cursor of a list by UUID, read and written again.
pub fn id_cursor(cursor: &str) -> Option<String> {
    asked::id_of(LIST, Some(cursor)).ok().flatten().map(|id| asked::after_id(LIST, id))
}

/// An instant of a parameter, in microseconds of UTC.
pub fn instant(text: &str) -> Option<i64> {
    asked::instant("since", text).ok()
}

/// Where somebody goes after signing in who asked for this.
pub fn after_sign_in(next: &str) -> &str {
    sign_in::own(next)
}

/// The first and the last byte that a `Range` header asks for.
pub fn range(header: &str, length: usize) -> Option<(usize, usize)> {
    media::part(header, length)
}

/// The value that a `Cookie` header has under this name.
pub fn cookie(header: &[u8], name: &str) -> Option<String> {
    let mut headers = HeaderMap::new();
    headers.insert(header::COOKIE, HeaderValue::from_bytes(header).ok()?);
    cookie::value(&headers, name)
}

/// Whom a request is from that came from `peer`, with this in `X-Forwarded-For`.
pub fn client(proxies: &Proxies, peer: IpAddr, forwarded: &[u8]) -> Option<IpAddr> {
    let mut headers = HeaderMap::new();
    headers.insert("x-forwarded-for", HeaderValue::from_bytes(forwarded).ok()?);
    Some(proxies.client(peer, &headers))
}

/// The language of an `Accept-Language` header.
pub fn accepted(header: &str) -> Language {
    words::Language::accepted(header).spoken()
}

/// How many rows of this name the body of a form has.
pub fn rows(body: &[u8], beginning: &str) -> Option<usize> {
    serde_urlencoded::from_bytes::<Entries>(body).ok().map(|entries| entries.rows(beginning))
}
