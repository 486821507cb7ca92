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
use crate::words::{Language, Words};

/// The film of the whole set-up, and the picture that stands for it until it is played.
pub(super) const FILM: &str = "set-up.webm";
const POSTER: &str = "set-up-7-mapping.png";

/// Where the film of the set-up is found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Film {
    /// The address of the film.
    pub(crate) video: String,
    /// The address of its captions.
    pub(crate) captions: String,
    /// The tag of the language that they are in.
    pub(crate) language: &'static str,
    /// What that language is called in itself.
    pub(crate) spoken: String,
    /// The address of the picture that stands for it.
    pub(crate) poster: String,
}

/// The film of the set-up with captions in this language, if it is there.
pub(crate) fn film(language: Language) -> Option<Film> {
    let address = |name| find(name).map(Medium::address);
    let captions = match language {
        Language::English => "set-up.vtt",
        Language::German => "set-up.de.vtt",
    };
    Some(Film {
        video: address(FILM)?,
        captions: address(captions)?,
        language: language.tag(),
        spoken: Words::new(language).of("language-", language.spoken()).to_string(),
        poster: address(POSTER)?,
    })
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
    match range.map_or(Wanted::Whole, |range| wanted(range, content.len())) {
        Wanted::Whole => (headers, Bytes::from_static(content)).into_response(),
        Wanted::Part(first, last) => {
            let place = [(header::CONTENT_RANGE, format!("bytes {first}-{last}/{}", content.len()))];
            let part = Bytes::from_static(content).slice(first..=last);
            (StatusCode::PARTIAL_CONTENT, headers, place, part).into_response()
        }
        Wanted::Nothing => {
            let place = [(header::CONTENT_RANGE, format!("bytes */{}", content.len()))];
            (StatusCode::RANGE_NOT_SATISFIABLE, place).into_response()
        }
    }
}

/// What a `Range` header asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    /// Everything; also where the header is to be passed over (several parts, another unit).
    Whole,
    /// From the first of these bytes to the last.
    Part(usize, usize),
    /// What is not there.
    Nothing,
}

fn wanted(range: &str, length: usize) -> Wanted {
    let Some((first, last)) = part(range, length) else { return Wanted::Whole };
    match length.checked_sub(1).map(|end| end.min(last)) {
        Some(last) if first <= last => Wanted::Part(first, last),
        _ => Wanted::Nothing,
    }
}

/// The first and the last byte of the one part that is asked for.
pub(crate) fn part(range: &str, length: usize) -> Option<(usize, usize)> {
    let (first, last) = range.strip_prefix("bytes=")?.split_once('-')?;
    let number = |text: &str| text.parse::<usize>().ok();
    match (first.trim(), last.trim()) {
        ("", last) => Some((length.saturating_sub(number(last)?), usize::MAX)),
        (first, "") => Some((number(first)?, usize::MAX)),
        (first, last) => Some((number(first)?, number(last)?)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_film_can_be_asked_for_in_parts() {
        assert_eq!(wanted("bytes=0-", 100), Wanted::Part(0, 99));
        assert_eq!(wanted("bytes=10-19", 100), Wanted::Part(10, 19));
        assert_eq!(wanted("bytes=90-200", 100), Wanted::Part(90, 99));
        assert_eq!(wanted("bytes=-10", 100), Wanted::Part(90, 99));
        assert_eq!(wanted("bytes=-200", 100), Wanted::Part(0, 99));
        for nothing in ["bytes=100-", "bytes=-0", "bytes=9-8"] {
            assert_eq!(wanted(nothing, 100), Wanted::Nothing, "{nothing}");
        }
        assert_eq!(wanted("bytes=0-", 0), Wanted::Nothing);
        for passed_over in ["bytes=1-2,5-6", "lines=1-2", "bytes=x-", "nonsense"] {
            assert_eq!(wanted(passed_over, 100), Wanted::Whole, "{passed_over}");
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
