//! What HR systems call their attributes.

use std::collections::BTreeMap;

use crate::support::{Db, INTEGRATION, PROGRAMME, both};

async fn labels_are_kept_and_put_right(db: &Db) {
    db.keep_labels(PROGRAMME, INTEGRATION, &BTreeMap::from([("a", "One"), ("b", "Two")])).await.unwrap();
    db.keep_labels(PROGRAMME, INTEGRATION, &BTreeMap::from([("b", "Zwei")])).await.unwrap();
    let kept = db.labels(PROGRAMME).await.unwrap();
    assert_eq!(kept.into_iter().collect::<Vec<_>>(), [("a".into(), "One".into()), ("b".into(), "Zwei".into())]);
}

both!(labels_are_kept_and_put_right);
