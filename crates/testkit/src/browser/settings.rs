//! What differs between the people in front of a page: window, colours, language, JavaScript.

use serde_json::{Value, json};

use super::{Browser, held};

/// Where all browsers are, wherever the machine is.
const TIME_ZONE: &str = "Europe/London";

/// How wide the window is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Width {
    /// A computer: 1280 × 900 pixels.
    #[default]
    Desk,
    /// A telephone: 390 × 844 pixels.
    Phone,
}

impl Width {
    fn pixels(self) -> u32 {
        match self {
            Self::Desk => 1280,
            Self::Phone => 390,
        }
    }

    pub(super) fn height(self) -> u32 {
        match self {
            Self::Desk => 900,
            Self::Phone => 844,
        }
    }
}

/// What holds until it is changed, whatever page is shown.
#[derive(Debug, Clone)]
pub(super) struct Settings {
    pub(super) width: Width,
    /// Instead of the usual one.
    pub(super) height: Option<u32>,
    pub(super) dark: bool,
    pub(super) scripts: bool,
    pub(super) language: String,
}

impl Default for Settings {
    fn default() -> Self {
        Self { width: Width::default(), height: None, dark: false, scripts: true, language: "en-GB".to_owned() }
    }
}

impl Browser {
    /// Makes the window as wide as that.
    pub async fn width(&self, width: Width) {
        self.set(Settings { width, ..self.settings() }).await;
    }

    /// Prefers dark colours, or light ones.
    pub async fn dark(&self, dark: bool) {
        self.set(Settings { dark, ..self.settings() }).await;
    }

    /// Switches the JavaScript of pages on or off, from the next page on.
    pub async fn scripts(&self, scripts: bool) {
        self.set(Settings { scripts, ..self.settings() }).await;
    }

    /// Prefers this language, such as `de`, from the next page on. At first it is British English.
    pub async fn language(&self, language: &str) {
        self.set(Settings { language: language.to_owned(), ..self.settings() }).await;
    }

    pub(super) fn settings(&self) -> Settings {
        held(&self.settings).clone()
    }

    pub(super) async fn set(&self, settings: Settings) {
        *held(&self.settings) = settings;
        self.apply_settings().await;
    }

    pub(super) async fn apply_settings(&self) {
        let Settings { width, height, dark, scripts, language } = self.settings();
        let height = height.unwrap_or(width.height());
        let window = json!({ "width": width.pixels(), "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.command("Emulation.setDeviceMetricsOverride", window).await;
        // No movement either: a picture of something half there is of no use.
        let colours = json!({ "name": "prefers-color-scheme", "value": if dark { "dark" } else { "light" } });
        let still = json!({ "name": "prefers-reduced-motion", "value": "reduce" });
        self.command("Emulation.setEmulatedMedia", json!({ "features": [colours, still] })).await;
        self.command("Emulation.setScriptExecutionDisabled", json!({ "value": !scripts })).await;
        self.command("Emulation.setTimezoneOverride", json!({ "timezoneId": TIME_ZONE })).await;
        let agent = self.command("Browser.getVersion", json!({})).await["userAgent"].clone();
        let agent = json!({ "userAgent": agent, "acceptLanguage": language });
        self.command("Emulation.setUserAgentOverride", agent).await;
    }

    pub(super) async fn command(&self, method: &str, parameters: Value) -> Value {
        let answer = self.driver.cdp().send_raw(method, parameters).await;
        self.done(method, answer)
    }
}
