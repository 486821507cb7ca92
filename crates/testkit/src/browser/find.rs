//! Finding things as assistive technology does: by their role and their name. What is found so can be found by everybody.

use serde_json::{Value, json};
use thirtyfour::{By, WebElement, error::WebDriverResult};

use super::Browser;

/// A role of the accessibility tree, such as `button`.
pub(super) type Role<'a> = &'a str;

/// Whatever takes text.
pub(super) const FIELDS: &[Role<'static>] =
    &["textbox", "searchbox", "spinbutton", "combobox", "Date", "DateTime", "InputTime", "slider"];

/// What has the focus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Focus {
    /// Its role, such as `link`.
    pub role: String,
    /// Its name, such as the text of a link.
    pub name: String,
}

impl Browser {
    /// The one thing of one of these roles and this name; waits until it is there.
    pub async fn find(&self, roles: &[&str], name: &str) -> WebElement {
        let what = format!("there is no {} named “{name}”", roles.join(" or "));
        self.until(&what, async || self.one(roles, name).await).await
    }

    /// All things of one of these roles and this name that are there now, role by role in the order of the page.
    pub async fn find_all(&self, roles: &[&str], name: &str) -> Vec<WebElement> {
        let found = self.named(roles, name).await;
        self.done("look for things by name", found)
    }

    /// All elements that a CSS selector finds now; for what has neither role nor name.
    pub async fn select(&self, css: &str) -> Vec<WebElement> {
        let found = self.driver.find_all(By::Css(css)).await;
        self.done(css, found)
    }

    /// What has the focus. Should the page be changing, it is asked again.
    pub async fn focus(&self) -> Focus {
        self.until("nothing has the focus", async || self.try_focus().await.map(Some)).await
    }

    async fn try_focus(&self) -> WebDriverResult<Focus> {
        let cdp = self.driver.cdp();
        let focused = cdp.send_raw("Runtime.evaluate", json!({ "expression": "document.activeElement" })).await?;
        let of = json!({ "objectId": focused["result"]["objectId"], "fetchRelatives": false });
        let tree = cdp.send_raw("Accessibility.getPartialAXTree", of).await?;
        let node = &tree["nodes"][0];
        Ok(Focus { role: text(&node["role"]["value"]), name: text(&node["name"]["value"]) })
    }

    /// The one thing of that name, if it is there.
    pub(super) async fn one(&self, roles: &[Role<'_>], name: &str) -> WebDriverResult<Option<WebElement>> {
        let mut found = self.named(roles, name).await?;
        assert!(found.len() < 2, "{} things of role {} are named “{name}”", found.len(), roles.join(" or "));
        Ok(found.pop())
    }

    /// The one field of that name. Help and errors that stand within a label belong to the name: it may go on with them.
    pub(super) async fn field(&self, label: &str) -> WebDriverResult<Option<WebElement>> {
        if let Some(field) = self.one(FIELDS, label).await? {
            return Ok(Some(field));
        }
        let beginning = format!("{label} ");
        let mut found = self.all_where(FIELDS, |name| name.starts_with(&beginning)).await?;
        assert!(found.len() < 2, "the labels of {} fields begin with “{label}”", found.len());
        Ok(found.pop())
    }

    async fn named(&self, roles: &[Role<'_>], name: &str) -> WebDriverResult<Vec<WebElement>> {
        self.all_where(roles, |one| one == name).await
    }

    async fn all_where(
        &self,
        roles: &[Role<'_>],
        is_wanted: impl Fn(&str) -> bool,
    ) -> WebDriverResult<Vec<WebElement>> {
        let cdp = self.driver.cdp();
        let document = cdp.send_raw("DOM.getDocument", json!({ "depth": 0 })).await?;
        let mut found = Vec::new();
        for role in roles {
            // By role alone: asked for a name, Chromium wants every blank beside a label too.
            let query = json!({ "backendNodeId": document["root"]["backendNodeId"], "role": role });
            let mut tree = cdp.send_raw("Accessibility.queryAXTree", query).await?;
            let Value::Array(nodes) = tree["nodes"].take() else { continue };
            for node in nodes.iter().filter(|node| node["ignored"] != true && is_wanted(&text(&node["name"]["value"])))
            {
                found.push(self.element(&node["backendDOMNodeId"]).await?);
            }
        }
        Ok(found)
    }

    /// The driver knows elements by other numbers than the accessibility tree: the page hands it over.
    async fn element(&self, node: &Value) -> WebDriverResult<WebElement> {
        let cdp = self.driver.cdp();
        let resolved = cdp.send_raw("DOM.resolveNode", json!({ "backendNodeId": node })).await?;
        let keep = "function () { globalThis.foundByName = this; }";
        let call = json!({ "objectId": resolved["object"]["objectId"], "functionDeclaration": keep });
        cdp.send_raw("Runtime.callFunctionOn", call).await?;
        let take = "const found = globalThis.foundByName; delete globalThis.foundByName; return found;";
        self.driver.execute(take, Vec::new()).await?.element()
    }
}

/// A text with single spaces.
fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
}
