//! Pictures and the film of the guide, under addresses that name their content. The film is sent in
//! parts, so that whoever watches it can jump.

use std::{collections::HashMap, sync::LazyLock};

use axum::{
    body::Bytes,
    extract::Path,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};

use super::shelf::GUIDE;

/// The film of the whole set-up, its captions, and the picture that stands for it until it is played.
pub(super) const FILM: &str = "set-up.webm";
const CAPTIONS: &str = "set-up.vtt";
const POSTER: &str = "set-up-7-mapping.png";

/// Where the film of the set-up is found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Film {
    /// The address of the film.
    pub(crate) video: String,
    /// The address of its captions.
    pub(crate) captions: String,
    /// The address of the picture that stands for it.
    pub(crate) poster: String,
}

/// The film of the set-up, if it is there.
pub(crate) fn film() -> Option<Film> {
    let address = |name| find(name).map(Medium::address);
    Some(Film { video: address(FILM)?, captions: address(CAPTIONS)?, poster: address(POSTER)? })
}

/// A picture, the film or its captions.
#[derive(Debug)]
pub(super) struct Medium {
    name: &'static str,
    content: &'static [u8],
    /// Changes whenever the content does.
    version: String,
}

static MEDIA: LazyLock<HashMap<&'static str, Medium>> = LazyLock::new(|| {
    let folder = GUIDE.get_dir("pictures");
    let files = folder.into_iter().flat_map(include_dir::Dir::files);
    let media = files.filter_map(|file| {
        let name = file.path().file_name()?.to_str()?;
        let content = file.contents();
        Some((name, Medium { name, content, version: blake3::hash(content).to_hex()[..12].to_owned() }))
    });
    media.collect()
});

/// The file with this name.
pub(super) fn find(name: &str) -> Option<&'static Medium> {
    MEDIA.get(name)
}

/// The names of all files.
#[cfg(test)]
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    MEDIA.keys().copied()
}

impl Medium {
    /// Where it is found.
    pub(super) fn address(&self) -> String {
        let folder = if self.kind().starts_with("image/") { "pictures" } else { "film" };
        format!("/help/{folder}/{}/{}", self.version, self.name)
    }

    /// Width and height of a picture in pixels, by its own word.
    pub(super) fn size(&self) -> Option<(u32, u32)> {
        let number = |at: usize| Some(u32::from_be_bytes(self.content.get(at..at + 4)?.try_into().ok()?));
        if self.content.get(12..16)? == b"IHDR" { number(16).zip(number(20)) } else { None }
    }

    fn kind(&self) -> &'static str {
        match self.name.rsplit('.').next() {
            Some("png") => "image/png",
            Some("svg") => "image/svg+xml",
            Some("webm") => "video/webm",
            _ => "text/vtt; charset=utf-8",
        }
    }
}

/// `GET /help/pictures/{version}/{name}`
pub(super) async fn picture(Path(at): Path<(String, String)>) -> Response {
    serve(&at, None)
}

/// `GET /help/film/{version}/{name}`, in parts where that is asked for.
pub(super) async fn moving(Path(at): Path<(String, String)>, headers: HeaderMap) -> Response {
    serve(&at, headers.get(header::RANGE).and_then(|range| range.to_str().ok()))
}

fn serve((version, name): &(String, String), range: Option<&str>) -> Response {
    let Some(medium) = find(name).filter(|medium| medium.version == *version) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let content = medium.content;
    let headers = [
        (header::CONTENT_TYPE, medium.kind()),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
        (header::ACCEPT_RANGES, "bytes"),
    ];
    match range.and_then(|range| wanted(range, content.len())) {
        None => (headers, Bytes::from_static(content)).into_response(),
        Some(Some((first, last))) => {
            let place = [(header::CONTENT_RANGE, format!("bytes {first}-{last}/{}", content.len()))];
            let part = Bytes::from_static(content).slice(first..=last);
            (StatusCode::PARTIAL_CONTENT, headers, place, part).into_response()
        }
        Some(None) => {
            let place = [(header::CONTENT_RANGE, format!("bytes */{}", content.len()))];
            (StatusCode::RANGE_NOT_SATISFIABLE, place).into_response()
        }
    }
}

/// The first and last byte that a `Range` header asks for: none where the header is to be passed over
/// (several parts, another unit), `Some(None)` where there is nothing.
fn wanted(range: &str, length: usize) -> Option<Option<(usize, usize)>> {
    let (first, last) = range.strip_prefix("bytes=")?.split_once('-')?;
    let number = |text: &str| text.trim().parse::<usize>().ok();
    let end = length.checked_sub(1);
    let (first, last) = match (first.trim(), last.trim()) {
        ("", last) => (length.saturating_sub(number(last)?), end),
        (first, "") => (number(first)?, end),
        (first, last) => (number(first)?, end.min(Some(number(last)?))),
    };
    Some(last.filter(|last| first <= *last).map(|last| (first, last)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_film_can_be_asked_for_in_parts() {
        assert_eq!(wanted("bytes=0-", 100), Some(Some((0, 99))));
        assert_eq!(wanted("bytes=10-19", 100), Some(Some((10, 19))));
        assert_eq!(wanted("bytes=90-200", 100), Some(Some((90, 99))));
        assert_eq!(wanted("bytes=-10", 100), Some(Some((90, 99))));
        assert_eq!(wanted("bytes=-200", 100), Some(Some((0, 99))));
        assert_eq!(wanted("bytes=100-", 100), Some(None));
        assert_eq!(wanted("bytes=0-", 0), Some(None));
        for passed_over in ["bytes=1-2,5-6", "lines=1-2", "bytes=x-", "nonsense"] {
            assert_eq!(wanted(passed_over, 100), None, "{passed_over}");
        }
    }

    #[test]
    fn a_picture_tells_its_size() {
        let mut content = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
        content.extend([0, 0, 5, 0, 0, 0, 3, 32]);
        let picture = Medium { name: "a.png", content: content.leak(), version: "v".to_owned() };
        assert_eq!(picture.size(), Some((1280, 800)));
        assert_eq!(picture.address(), "/help/pictures/v/a.png");
    }
}
