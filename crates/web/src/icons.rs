//! Icons, drawn with strokes in the colour of the text around them. They only go with words.

use std::fmt;

use askama::filters::HtmlSafe;

/// An icon as it stands in a page.
pub(crate) struct Icon(&'static str);

/// The icon with this name.
pub(crate) fn icon(name: &str) -> Icon {
    Icon(match name {
        "rollcall" => r#"<path d="m3 7 2 2 3-4M3 15l2 2 3-4"/><path d="M12 7h9M12 15h9"/>"#,
        "home" => r#"<path d="M3 11 12 4l9 7"/><path d="M5 10v10h14V10"/>"#,
        "plug" => r#"<path d="M9 3v6M15 3v6M6 9h12v3a6 6 0 0 1-12 0zM12 18v3"/>"#,
        "people" => {
            r#"<circle cx="9" cy="8" r="3.5"/><path d="M2.5 20a6.5 6.5 0 0 1 13 0M16 5a3.5 3.5 0 0 1 0 6.5M21.5 20a6.5 6.5 0 0 0-4-6"/>"#
        }
        "mail" => r#"<rect x="3" y="5" width="18" height="14" rx="2"/><path d="m4 7 8 6 8-6"/>"#,
        "settings" => {
            r#"<path d="M4 7h10M18 7h2M4 17h2M10 17h10"/><circle cx="16" cy="7" r="2"/><circle cx="8" cy="17" r="2"/>"#
        }
        "help" => {
            r#"<circle cx="12" cy="12" r="9"/><path d="M9.5 9.5a2.5 2.5 0 1 1 3.5 2.3c-.7.3-1 .8-1 1.7M12 17v.01"/>"#
        }
        "check" => r#"<path d="m5 12 5 5 9-10"/>"#,
        "cross" => r#"<path d="M6 6l12 12M18 6 6 18"/>"#,
        "plus" => r#"<path d="M12 5v14M5 12h14"/>"#,
        "minus" => r#"<path d="M5 12h14"/>"#,
        "change" => r#"<path d="M4 12a8 8 0 0 1 14-5l2 2M20 4v5h-5M20 12a8 8 0 0 1-14 5l-2-2M4 20v-5h5"/>"#,
        "leave" => r#"<path d="M10 4H5v16h5M14 8l4 4-4 4M18 12H9"/>"#,
        "return" => r#"<path d="M14 4h5v16h-5M10 8l-4 4 4 4M6 12h9"/>"#,
        "warning" => r#"<path d="M12 8v5M12 16.5v.5"/><path d="M12 3 2 20h20z"/>"#,
        "pause" => r#"<path d="M9 5v14M15 5v14"/>"#,
        "play" => r#"<path d="M7 5v14l11-7z"/>"#,
        "hand" => r#"<path d="M12 3v9l5 3"/><circle cx="12" cy="12" r="9"/>"#,
        "search" => r#"<circle cx="11" cy="11" r="6.5"/><path d="m16 16 5 5"/>"#,
        "lock" => r#"<rect x="5" y="11" width="14" height="9" rx="2"/><path d="M8 11V7a4 4 0 0 1 8 0v4"/>"#,
        "edit" => r#"<path d="M4 20h4L19 9l-4-4L4 16z"/>"#,
        "download" => r#"<path d="M12 4v11M7 11l5 5 5-5M5 20h14"/>"#,
        "history" => r#"<path d="M4 12a8 8 0 1 0 3-6.2L4 8M4 4v4h4"/><path d="M12 8v4l3 2"/>"#,
        "down" => r#"<path d="m6 9 6 6 6-6"/>"#,
        "key" => r#"<circle cx="8" cy="15" r="4"/><path d="m11 12 9-9M16 7l3 3"/>"#,
        "out" => r#"<path d="M10 4H5v16h5M16 8l4 4-4 4M20 12H9"/>"#,
        "dots" => r#"<path d="M5 12v.01M12 12v.01M19 12v.01"/>"#,
        _ => r#"<circle cx="12" cy="12" r="3"/>"#,
    })
}

impl fmt::Display for Icon {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, r#"<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">{}</svg>"#, self.0)
    }
}

impl HtmlSafe for Icon {}
