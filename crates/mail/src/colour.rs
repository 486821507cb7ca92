//! The programme's colour, as it has to be where the ground is dark.

/// An RGB colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Colour([u8; 3]);

/// What a mail is written on in the dark.
const DARK_SHEET: Colour = Colour([0x1c, 0x1f, 0x25]);

/// What a programme has until it chooses a colour, and where the one it chose cannot be read.
const OURS: Colour = Colour([0x14, 0x55, 0x3f]);

/// The least contrast of writing: more than WCAG 2.2 AA asks for, since the button's dark writing stands on it too.
const CONTRAST: f64 = 6.0;

impl Colour {
    /// `#14553f`
    pub(crate) fn parse(text: &str) -> Self {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii());
        let pair = |at| digits.and_then(|digits| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok());
        match (pair(0), pair(2), pair(4)) {
            (Some(red), Some(green), Some(blue)) => Self([red, green, blue]),
            _ => OURS,
        }
    }

    pub(crate) fn css(self) -> String {
        let [red, green, blue] = self.0;
        format!("#{red:02x}{green:02x}{blue:02x}")
    }

    /// The same colour, as much lighter as writing on a dark sheet needs it to be.
    pub(crate) fn in_the_dark(self) -> Self {
        let (hue, saturation, lightness) = self.hsl();
        let lighter = (1..=40).map(|step| lightness + (1.0 - lightness) * f64::from(step) / 40.0);
        // Full colours glare in the dark.
        let lighter = lighter.map(|lightness| Self::of_hsl(hue, saturation.min(0.55), lightness));
        let mut all = std::iter::once(self).chain(lighter);
        all.find(|colour| colour.contrast(DARK_SHEET) >= CONTRAST).unwrap_or(Self([255; 3]))
    }

    /// Hue in degrees, saturation and lightness.
    fn hsl(self) -> (f64, f64, f64) {
        let [red, green, blue] = self.0;
        let (most, least) = (red.max(green).max(blue), red.min(green).min(blue));
        let [r, g, b, high, low] = [red, green, blue, most, least].map(|part| f64::from(part) / 255.0);
        let (lightness, spread) = (f64::midpoint(high, low), high - low);
        if most == least {
            return (0.0, 0.0, lightness);
        }
        let turn = if most == red {
            ((g - b) / spread).rem_euclid(6.0)
        } else if most == green {
            (b - r) / spread + 2.0
        } else {
            (r - g) / spread + 4.0
        };
        (turn * 60.0, (high - lightness) / lightness.min(1.0 - lightness), lightness)
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it lies between 0 and 255")]
    fn of_hsl(hue: f64, saturation: f64, lightness: f64) -> Self {
        let reach = saturation * lightness.min(1.0 - lightness);
        Self([0.0, 8.0, 4.0].map(|place: f64| {
            let at = (place + hue / 30.0).rem_euclid(12.0);
            let part = reach.mul_add(-(at - 3.0).min(9.0 - at).clamp(-1.0, 1.0), lightness);
            (part * 255.0).round().clamp(0.0, 255.0) as u8
        }))
    }

    fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.light(), other.light());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    /// The relative luminance of WCAG.
    fn light(self) -> f64 {
        let [red, green, blue] = self.0.map(|part| {
            let share = f64::from(part) / 255.0;
            if share <= 0.040_45 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        });
        0.0722f64.mul_add(blue, 0.2126f64.mul_add(red, 0.7152 * green))
    }
}

/// The programme's colour as mails have it on a dark screen: as much lighter as it has to be to be read there.
#[must_use]
pub fn in_the_dark(colour: &str) -> String {
    Colour::parse(colour).in_the_dark().css()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_colour_can_be_read_in_the_dark() {
        for text in ["#14553f", "#000000", "#7a0019", "#0000ff", "#1c1f25", "#767676", "#ffffff"] {
            let colour = Colour::parse(text);
            assert_eq!(colour.css(), text);
            assert!(colour.in_the_dark().contrast(DARK_SHEET) >= CONTRAST, "{text}");
        }
        assert_eq!(Colour::parse("#ffffff").in_the_dark().css(), "#ffffff", "no lighter than need be");
        let hue = |colour: Colour| colour.hsl().0.round();
        assert!((hue(OURS.in_the_dark()) - hue(OURS)).abs() < 3.0, "green stays green");
    }

    #[test]
    fn what_is_no_colour_does_not_get_into_a_style() {
        for text in ["", "red", "#12345", "#1234567", "#12345g", "#äöü", "red;background:url(x)"] {
            assert_eq!(Colour::parse(text), OURS, "{text}");
        }
    }
}
