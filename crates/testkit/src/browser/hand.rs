//! What a person's hand does: clicks, and values typed in.

use thirtyfour::{By, Key, WebElement};

use super::{Browser, find::Role, held, or_gone_on};

/// How often something was clicked and how often something was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Hand {
    /// Clicks with the mouse. Choosing from a list is two: it has to be opened.
    pub clicks: u32,
    /// Values typed into a field, each one entry however long, and single keys pressed.
    pub entries: u32,
}

impl Hand {
    /// Clicks and entries together.
    pub fn total(self) -> u32 {
        self.clicks + self.entries
    }
}

const TO_THE_MIDDLE: &str = "arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' });";
const TELL_INPUT: &str = "arguments[0].dispatchEvent(new Event('input', { bubbles: true }));";

impl Browser {
    /// What was clicked and typed so far.
    pub fn hand(&self) -> Hand {
        *held(&self.hand)
    }

    fn counts(&self, clicks: u32, entries: u32) {
        let mut hand = held(&self.hand);
        hand.clicks += clicks;
        hand.entries += entries;
    }

    /// Clicks the one button of this name.
    pub async fn click_button(&self, name: &str) {
        self.click(&["button"], name).await;
    }

    /// Clicks the one link of this name.
    pub async fn click_link(&self, name: &str) {
        self.click(&["link"], name).await;
    }

    /// Clicks the one thing of one of these roles and this name, such as `&["tab"]` or `&["checkbox", "radio"]`.
    pub async fn click(&self, roles: &[Role<'_>], name: &str) {
        let what = format!("no {} named “{name}” could be clicked", roles.join(" or "));
        self.until(&what, async || {
            let Some(element) = self.one(roles, name).await? else { return Ok(None) };
            if let Err(covered) = element.click().await {
                // Something lies over it, such as the bar at the foot of a form: somebody would scroll.
                self.driver.execute(TO_THE_MIDDLE, vec![element.to_json()?]).await?;
                return Err(covered);
            }
            Ok(Some(element))
        })
        .await;
        self.counts(1, 0);
    }

    /// Clicks an element that was found in some other way.
    pub async fn click_on(&self, element: &WebElement) {
        self.until("the element could not be clicked", async || element.click().await.map(Some)).await;
        self.counts(1, 0);
    }

    /// Ticks a box, or chooses one of several buttons, by its label.
    pub async fn tick(&self, label: &str) {
        self.click(&["checkbox", "radio", "switch"], label).await;
    }

    /// Types a value into the field with this label, or the one whose label begins so, in place of what was there.
    pub async fn fill(&self, label: &str, value: &str) {
        let what = format!("no field “{label}” could be filled");
        self.until(&what, async || {
            let Some(field) = self.field(label).await? else { return Ok(None) };
            field.clear().await?;
            field.send_keys(value).await.map(Some)
        })
        .await;
        self.counts(0, 1);
    }

    /// Chooses from the list with this label the option with this text.
    pub async fn choose(&self, label: &str, option: &str) {
        let what = format!("no option “{option}” of “{label}” could be chosen");
        self.until(&what, async || {
            let Some(list) = self.one(&["combobox", "listbox"], label).await? else { return Ok(None) };
            for candidate in list.find_all(By::Css("option")).await? {
                if candidate.text().await?.trim() == option {
                    candidate.click().await?;
                    // Where a person chooses the browser tells of that too, which its driver leaves out.
                    self.driver.execute(TELL_INPUT, vec![list.to_json()?]).await?;
                    return Ok(Some(()));
                }
            }
            Ok(None)
        })
        .await;
        self.counts(2, 0);
    }

    /// Presses one key, such as [`Key::Enter`], wherever the focus is.
    pub async fn press(&self, key: Key) {
        let pressed = self.driver.action_chain().send_keys(key).perform().await;
        self.done("press a key", or_gone_on(pressed));
        self.counts(0, 1);
    }

    /// Types wherever the focus is.
    pub async fn type_in(&self, text: &str) {
        let typed = self.driver.action_chain().send_keys(text).perform().await;
        self.done("type", typed);
        self.counts(0, 1);
    }

    /// Brings the focus to the thing with this role and name by keyboard, if it is not there already.
    ///
    /// # Panics
    /// When it cannot be reached by keyboard.
    pub async fn reach(&self, role: &str, name: &str) {
        let focus = self.focus().await;
        if focus.role != role || focus.name != name {
            self.tab_to(role, name).await;
        }
    }

    /// Presses Tab until the thing with this role and name has the focus, as somebody without a mouse would. What is
    /// passed on the way is not counted.
    ///
    /// # Panics
    /// When two hundred presses do not lead there: it cannot be reached by keyboard.
    pub async fn tab_to(&self, role: &str, name: &str) {
        let mut passed = Vec::new();
        for _ in 0..200 {
            let tab = async || self.driver.action_chain().send_keys(Key::Tab).perform().await.map(Some);
            self.until("Tab could not be pressed", tab).await;
            let focus = self.focus().await;
            if focus.role == role && focus.name == name {
                return;
            }
            let focus = format!("{} “{}”", focus.role, focus.name);
            if !passed.contains(&focus) {
                passed.push(focus);
            }
        }
        panic!("the {role} “{name}” cannot be reached by keyboard; Tab led to: {}", passed.join(", "));
    }
}
