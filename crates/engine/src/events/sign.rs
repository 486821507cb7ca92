//! Signatures of Standard Webhooks: `v1,` and an HMAC-SHA256 over number, time and body.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::World;

/// What every secret begins with.
const PREFIX: &str = "whsec_";

/// A new secret, as it is shown and entered elsewhere.
pub(super) fn new_secret(world: &dyn World) -> String {
    let mut bytes = [0; 32];
    world.fill(&mut bytes);
    format!("{PREFIX}{}", STANDARD.encode(bytes))
}

/// The signature with each secret, the newest first, with spaces between.
pub(super) fn signature(secrets: &[&str], id: &str, seconds: i64, body: &[u8]) -> String {
    let one = |secret: &&str| {
        let key = STANDARD.decode(secret.strip_prefix(PREFIX)?).ok()?;
        let mut mac = Hmac::<Sha256>::new_from_slice(&key).ok()?;
        mac.update(format!("{id}.{seconds}.").as_bytes());
        mac.update(body);
        Some(format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes())))
    };
    secrets.iter().filter_map(one).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the specification.
    #[test]
    fn the_specifications_example_comes_out() {
        let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        let body = br#"{"test": 2432232314}"#;
        let signed = signature(&[secret], "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, body);
        assert_eq!(signed, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        let both = signature(&[secret, "whsec_c2Vjb25k"], "msg", 1, body);
        assert_eq!(both.split(' ').count(), 2);
        assert_eq!(signature(&["no secret"], "msg", 1, body), "");
    }
}
