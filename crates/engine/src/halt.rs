//! Stopping in good order: what is under way comes to the next place where nothing is half done.

use tokio::sync::watch;

/// Tells whoever works in the background whether the process is to stop.
#[derive(Debug, Clone, Default)]
pub(crate) struct Halt(Option<watch::Receiver<bool>>);

impl Halt {
    /// Asked for by this channel.
    pub(crate) fn by(stopping: watch::Receiver<bool>) -> Self {
        Self(Some(stopping))
    }

    /// For work that somebody waits for: it goes on to its end.
    pub(crate) fn never() -> Self {
        Self::default()
    }

    /// Whether it has been asked for.
    pub(crate) fn is_asked(&self) -> bool {
        self.0.as_ref().is_some_and(|stopping| *stopping.borrow() || stopping.has_changed().is_err())
    }

    /// Comes back once it is asked for.
    pub(crate) async fn asked(&self) {
        match self.0.clone() {
            // Whoever could have asked is gone: that says the same.
            Some(mut stopping) => drop(stopping.wait_for(|stop| *stop).await),
            None => std::future::pending().await,
        }
    }
}
