//! The mails that arrived, in a folder: that of the installation, or that of a mail server.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

/// What arrived so far. Each file is read once.
#[derive(Debug, Default)]
pub struct Postbox {
    folder: PathBuf,
    read: BTreeSet<PathBuf>,
    /// How often a mail arrived, by the number in its `Message-ID`.
    arrived: BTreeMap<String, usize>,
    /// Links of this kind that were not taken out yet.
    links: Vec<String>,
}

impl Postbox {
    /// Over a folder of `.eml` files, which need not be there yet.
    pub fn over(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), ..Self::default() }
    }

    /// Looks for what is new.
    pub fn look(&mut self) {
        let Ok(folder) = fs::read_dir(&self.folder) else { return };
        for path in folder.filter_map(|entry| Some(entry.ok()?.path())) {
            let is_whole = path.extension().is_some_and(|extension| extension == "eml");
            let is_hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
            if !is_whole || is_hidden || self.read.contains(&path) {
                continue;
            }
            let Ok(mail) = fs::read_to_string(&path) else { continue };
            self.read.insert(path);
            if let Some(number) = number(&mail) {
                *self.arrived.entry(number).or_default() += 1;
            }
            self.links.extend(welcome(&mail));
        }
    }

    /// How often each mail arrived, by its number.
    pub fn arrived(&self) -> &BTreeMap<String, usize> {
        &self.arrived
    }

    /// How many mails arrived.
    pub fn count(&self) -> usize {
        self.arrived.values().sum()
    }

    /// How often a mail arrived once more.
    pub fn repeated(&self) -> usize {
        self.arrived.values().map(|times| times - 1).sum()
    }

    /// Paths of invitations that arrived, each handed out once.
    pub fn take_links(&mut self) -> Vec<String> {
        std::mem::take(&mut self.links)
    }
}

/// The number in a `Message-ID`, without its hyphens.
fn number(mail: &str) -> Option<String> {
    let line =
        mail.lines().take_while(|line| !line.is_empty()).find(|line| line.to_lowercase().starts_with("message-id:"))?;
    let (_, id) = line.split_once('<')?;
    Some(id.split('@').next()?.replace('-', ""))
}

/// The path of the invitation in a welcome mail.
fn welcome(mail: &str) -> Option<String> {
    let plain = mail.replace("=\r\n", "").replace("=\n", "").replace("=3D", "=");
    let middle = plain.find("/welcome/")?;
    let begin = plain[..middle].rfind('/')?;
    let link = plain[begin..].split(['"', '<', '>', ' ', '\n', '\r', ')']).next()?;
    Some(link.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_is_known_by_its_number_and_an_invitation_by_its_path() {
        let place = testkit::place();
        let mut post = Postbox::over(&place.path().join("mail"));
        post.look();
        assert_eq!(post.count(), 0);
        fs::create_dir(place.path().join("mail")).unwrap();
        let mail =
            "Subject: Hello\r\nMessage-ID: <0190-a@x.example>\r\n\r\nhttp://x.example/acme/wel=\r\ncome/t0k=3Dn\r\n";
        for name in ["1.eml", "2.eml", ".3.eml", "4.part"] {
            fs::write(place.path().join("mail").join(name), mail).unwrap();
        }
        post.look();
        post.look();
        assert_eq!((post.arrived()["0190a"], post.repeated()), (2, 1));
        assert_eq!(post.take_links(), ["/acme/welcome/t0k=n"; 2]);
        assert!(post.take_links().is_empty());
    }
}
