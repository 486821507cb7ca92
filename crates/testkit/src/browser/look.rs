//! Going to pages and looking at them.

use std::{fs, path::PathBuf};

use serde::de::DeserializeOwned;

use super::{Browser, settings::Settings};

/// The text that can be seen, with single spaces.
pub(super) const TEXT: &str = "return (document.body?.innerText ?? '').replace(/\\s+/g, ' ').trim();";

impl Browser {
    /// Opens an address and waits until the page is there.
    pub async fn go(&self, address: &str) {
        self.begin_load().await;
        let went = self.driver.goto(address).await;
        self.done(&format!("go to {address}"), went);
    }

    /// Loads the same page again.
    pub async fn reload(&self) {
        self.begin_load().await;
        let loaded = self.driver.refresh().await;
        self.done("load the page again", loaded);
    }

    /// Goes back to the page before.
    pub async fn back(&self) {
        let went = self.driver.back().await;
        self.done("go back", went);
    }

    /// Opens an address in a new tab, and shows that. Width, colours and language are those of the first.
    pub async fn go_in_new_tab(&self, address: &str) {
        let opened = async {
            let tab = self.driver.new_tab().await?;
            self.driver.switch_to_window(tab).await
        };
        let opened = opened.await;
        self.done("open a tab", opened);
        self.apply_settings().await;
        self.go(address).await;
    }

    /// Shows the tab that was opened as the `number`th; the first is 0.
    ///
    /// # Panics
    /// Where there is no such tab.
    pub async fn show_tab(&self, number: usize) {
        let shown = async {
            let tabs = self.driver.windows().await?;
            let tab = tabs.get(number).cloned();
            self.driver.switch_to_window(tab.unwrap_or_else(|| panic!("there is no tab {number}"))).await
        };
        let shown = shown.await;
        self.done("show a tab", shown);
    }

    /// The address of the page.
    pub async fn address(&self) -> String {
        let address = self.driver.current_url().await;
        self.done("ask for the address", address).to_string()
    }

    /// Waits until the address contains this.
    pub async fn arrive(&self, part: &str) {
        let what = format!("the address does not contain “{part}”");
        self.until(&what, async || Ok(self.driver.current_url().await?.as_str().contains(part).then_some(()))).await;
    }

    /// The title of the page.
    pub async fn title(&self) -> String {
        let title = self.driver.title().await;
        self.done("ask for the title", title)
    }

    /// The text that can be seen now, with single spaces.
    pub async fn text(&self) -> String {
        self.ask(TEXT).await
    }

    /// Waits until this text can be seen.
    pub async fn see(&self, text: &str) {
        self.until(&format!("“{text}” is not to be seen"), async || {
            Ok(self.driver.execute(TEXT, Vec::new()).await?.convert::<String>()?.contains(text).then_some(()))
        })
        .await;
    }

    /// Waits until this text is no longer to be seen.
    pub async fn see_no(&self, text: &str) {
        self.until(&format!("“{text}” is still to be seen"), async || {
            Ok((!self.driver.execute(TEXT, Vec::new()).await?.convert::<String>()?.contains(text)).then_some(()))
        })
        .await;
    }

    /// Whether this text can be seen now.
    pub async fn sees(&self, text: &str) -> bool {
        self.text().await.contains(text)
    }

    /// The HTML of the page as it is now.
    pub async fn html(&self) -> String {
        let html = self.driver.source().await;
        self.done("ask for the HTML", html)
    }

    /// What a piece of JavaScript returns. A page's content security policy does not apply to it.
    pub async fn ask<T: DeserializeOwned>(&self, script: &str) -> T {
        let answer = self.driver.execute(script, Vec::new()).await;
        self.done(script, answer.and_then(|answer| answer.convert()))
    }

    /// Whether the page is wider than the window, so that one has to scroll sideways to read it.
    pub async fn is_too_wide(&self) -> bool {
        self.ask("return document.documentElement.scrollWidth > document.documentElement.clientWidth;").await
    }

    /// Keeps what the window shows as `target/screenshots/TEST/NAME.png`.
    ///
    /// # Panics
    /// When the file cannot be written.
    pub async fn screenshot(&self, name: &str) -> PathBuf {
        let place = self.gallery();
        fs::create_dir_all(&place).unwrap_or_else(|error| panic!("{}: {error}", place.display()));
        let file = place.join(format!("{name}.png"));
        let kept = self.driver.screenshot(&file).await;
        self.done("take a picture", kept);
        file
    }

    /// Keeps the whole page, whatever its height, as `target/screenshots/TEST/NAME.png`.
    pub async fn screenshot_whole(&self, name: &str) -> PathBuf {
        let before = self.settings();
        let height: u32 = self.ask("return document.documentElement.scrollHeight;").await;
        self.set(Settings { height: Some(height.max(before.width.height())), ..before.clone() }).await;
        let file = self.screenshot(name).await;
        self.set(before).await;
        file
    }

    /// What the page complained of since the last call: errors of scripts, and whatever its policies refused.
    pub async fn complaints(&self) -> Vec<String> {
        let log = self.driver.browser_log().await.unwrap_or_default();
        log.into_iter().filter(|entry| entry.level == "SEVERE").map(|entry| entry.message).collect()
    }
}
