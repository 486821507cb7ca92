//! The cookie that holds a session's token. The token means nothing but to the store, which keeps
//! only its hash.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

use crate::Web;

/// For what is kept when the browser is closed.
pub(crate) const A_YEAR: &str = "; Max-Age=31536000";

/// For what is taken away.
pub(crate) const NO_MORE: &str = "; Max-Age=0";

/// Over https the name makes the browser refuse a cookie that another host or a plain page set.
fn name(web: &Web) -> &'static str {
    if web.is_secure() { "__Host-rollcall" } else { "rollcall" }
}

/// The token that the browser sent, if it sent one.
pub(crate) fn token(web: &Web, headers: &HeaderMap) -> Option<String> {
    value(headers, name(web))
}

/// What the browser sent under this name.
pub(crate) fn value(headers: &HeaderMap, name: &str) -> Option<String> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    cookies
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(key, value)| (key == name).then(|| value.to_owned()))
}

fn header(web: &Web, value: &str, rest: &str) -> [(HeaderName, HeaderValue); 1] {
    set(web, name(web), value, "/", rest)
}

/// Makes the browser keep a value for addresses under this path.
pub(crate) fn set(web: &Web, name: &str, value: &str, path: &str, rest: &str) -> [(HeaderName, HeaderValue); 1] {
    let secure = if web.is_secure() { "; Secure" } else { "" };
    let cookie = format!("{name}={value}; Path={path}; HttpOnly; SameSite=Lax{secure}{rest}");
    [(header::SET_COOKIE, HeaderValue::from_str(&cookie).unwrap_or(HeaderValue::from_static("")))]
}

/// Makes the browser keep the token.
pub(crate) fn keep(web: &Web, token: &str) -> [(HeaderName, HeaderValue); 1] {
    header(web, token, "")
}

/// Makes the browser forget it, and every page that it may still hold in memory to go back to.
pub(crate) fn let_go(web: &Web) -> [(HeaderName, HeaderValue); 2] {
    forgotten(header(web, "", NO_MORE))
}

/// The same with whatever cookie is taken away.
pub(super) fn forgotten([cookie]: [(HeaderName, HeaderValue); 1]) -> [(HeaderName, HeaderValue); 2] {
    // Not the cookies: this host may have others that somebody still needs, such as that of the other door.
    let kept = HeaderValue::from_static("\"cache\", \"storage\"");
    [cookie, (HeaderName::from_static("clear-site-data"), kept)]
}
