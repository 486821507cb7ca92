//! E-mail addresses: whether one is valid, when two are the same, and what a rehire does to one.

use email_address::{EmailAddress, Options};

/// Whether mail can be sent there: an address with a dotted domain, and nothing around it.
pub fn is_valid(address: &str) -> bool {
    let options = Options::default().with_required_tld().without_display_text().without_domain_literal();
    !address.contains(['<', '>']) && EmailAddress::parse_with_options(address, options).is_ok()
}

/// What makes an address unique in a programme (R13): case and outer space do not count.
pub fn key(address: &str) -> String {
    address.trim().to_lowercase()
}

/// The domain, in small letters; empty for something that is no address.
pub fn domain(address: &str) -> String {
    address.rsplit_once('@').map_or_else(String::new, |(_, domain)| key(domain))
}

/// Whether `address` is what Personio makes of `original` when its owner is hired again under a
/// new profile (R15): `_` and five characters are added, to the local part or to the whole.
pub fn is_mangled_form_of(address: &str, original: &str) -> bool {
    let (address, original) = (key(address), key(original));
    let tail = |longer: &str, shorter: &str| {
        longer
            .strip_prefix(shorter)
            .and_then(|rest| rest.strip_prefix('_'))
            .is_some_and(|hash| hash.len() == 5 && hash.bytes().all(|byte| byte.is_ascii_alphanumeric()))
    };
    if tail(&address, &original) {
        return true;
    }
    match (address.rsplit_once('@'), original.rsplit_once('@')) {
        (Some((local, domain)), Some((original_local, original_domain))) => {
            domain == original_domain && tail(local, original_local)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r35_an_address_is_an_address_and_nothing_else() {
        for good in ["ada@acme.example", "o'neill+x@mail.acme.example", "łukasz@acme.example"] {
            assert!(is_valid(good), "{good}");
        }
        for bad in [
            "",
            "ada",
            "ada@",
            "@acme.example",
            "ada@acme",
            "Ada <ada@acme.example>",
            "a b@acme.example",
            "a@b@c.example",
            "\"a<b\"@acme.example",
        ] {
            assert!(!is_valid(bad), "{bad}");
        }
    }

    #[test]
    fn r13_case_and_outer_space_do_not_make_another_address() {
        assert_eq!(key(" Ada@ACME.example "), key("ada@acme.example"));
    }

    #[test]
    fn r15_a_mangled_address_is_recognised_wherever_the_mark_stands() {
        assert!(is_mangled_form_of("ada@acme.example_a1b2c", "Ada@acme.example"));
        assert!(is_mangled_form_of("ada_a1b2c@acme.example", "ada@acme.example"));
        assert!(!is_mangled_form_of("ada_a1b2@acme.example", "ada@acme.example"));
        assert!(!is_mangled_form_of("ada_a1b2c@other.example", "ada@acme.example"));
        assert!(!is_mangled_form_of("ada@acme.example", "ada@acme.example"));
    }
}
