//! Links in delivered mails.

use std::{thread::sleep, time::Duration};

use super::Portal;

impl Portal {
    /// The newest link of this kind (`invitation`, `reset`) that was mailed to somebody; waits until there is one that
    /// was not there `before`.
    pub(super) fn mailed(&self, kind: &str, to: &str, before: &[String]) -> String {
        for _ in 0..200 {
            if let Some(link) = self.links(kind, to).into_iter().find(|link| !before.contains(link)) {
                return link;
            }
            sleep(Duration::from_millis(100));
        }
        panic!("no {kind} was mailed to {to}");
    }

    /// All links of this kind that were mailed to somebody.
    pub(super) fn links(&self, kind: &str, to: &str) -> Vec<String> {
        let beginning = format!("{}/{kind}/", self.site);
        let mails = if self.world.data().join("mail").exists() { self.world.delivered() } else { Vec::new() };
        let theirs = mails.iter().map(|mail| plain(mail)).filter(|mail| mail.contains(to));
        theirs
            .filter_map(|mail| {
                Some(mail[mail.find(&beginning)?..].split(['"', '<', ' ', '\n', '\r']).next()?.to_owned())
            })
            .collect()
    }
}

/// The text of a mail, its lines whole.
fn plain(mail: &str) -> String {
    mail.replace("=\r\n", "").replace("=\n", "").replace("=3D", "=")
}
