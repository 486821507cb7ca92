//! What an authenticator app and a sheet of recovery codes need, for administrators and members alike.

use std::fmt::Write as _;

use askama::filters::HtmlSafe;
use qrcode::{Color, QrCode};

use crate::failure::Failure;

/// A picture for the camera, drawn as one path. It stays dark on light: some cameras need that.
pub(super) struct Qr {
    pub(super) side: usize,
    pub(super) path: String,
}

impl Qr {
    pub(super) fn of(text: &str) -> Result<Self, Failure> {
        let code = QrCode::new(text).map_err(|error| Failure::broken(&error.to_string()))?;
        let width = code.width();
        let mut path = String::new();
        for (at, colour) in code.to_colors().into_iter().enumerate() {
            if colour == Color::Dark {
                // The border of four that the standard asks for.
                let _ = write!(path, "M{} {}h1v1h-1z", at % width + 4, at / width + 4);
            }
        }
        Ok(Self { side: width + 8, path })
    }
}

/// A file that is part of its own address, for browsers to keep.
pub(super) struct File(pub(super) String);

impl std::fmt::Display for File {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("data:text/plain;charset=utf-8,")?;
        for byte in self.0.bytes() {
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' => write!(f, "{}", char::from(byte))?,
                _ => write!(f, "%{byte:02X}")?,
            }
        }
        Ok(())
    }
}

/// Only letters, digits and `%`.
impl HtmlSafe for File {}

/// In fours, as people type it.
pub(super) fn spaced(secret: &str) -> String {
    let letters: Vec<char> = secret.chars().collect();
    letters.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_shown_for_the_camera_and_for_typing() {
        let qr = Qr::of("otpauth://totp/Rollcall:a@b.example?secret=ABC").unwrap();
        assert!(qr.side > 30 && qr.path.starts_with("M4 4h1v1h-1z"));
        assert_eq!(spaced("ABCDEFGHIJ"), "ABCD EFGH IJ");
    }

    #[test]
    fn a_file_is_an_address() {
        assert_eq!(File("a b\n\"é".to_owned()).to_string(), "data:text/plain;charset=utf-8,a%20b%0A%22%C3%A9");
    }
}
