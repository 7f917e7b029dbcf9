//! Who may use the page: only a browser on this computer that was given its address, and no other site in it.

use std::{fmt::Write, io, net::SocketAddr};

use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, header};

/// A secret of 128 random bits, as hexadecimal digits.
pub(super) fn random() -> io::Result<String> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(io::Error::other)?;
    Ok(bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("writing to a String cannot fail");
        text
    }))
}

/// The first part of every path of the page. It is compared by its hash, so that the time it takes reveals nothing.
pub(super) struct Key {
    text: String,
    hash: blake3::Hash,
}

impl Key {
    /// A key of that text.
    pub(super) fn new(text: String) -> Key {
        let hash = blake3::hash(text.as_bytes());
        Key { text, hash }
    }

    /// Its text, for the address.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The rest of a path that begins with the key.
    pub(super) fn strip<'a>(&self, path: &'a str) -> Option<&'a str> {
        let (first, rest) = path.strip_prefix('/')?.split_once('/')?;
        (blake3::hash(first.as_bytes()) == self.hash).then_some(rest)
    }
}

/// Whether the request is for this very address, and not caused by another site.
///
/// The `Host` fails where a name of somebody else leads here (DNS rebinding), the other two where a page of another
/// origin sends the request.
pub(super) fn is_own(method: &Method, headers: &HeaderMap, address: SocketAddr) -> bool {
    let text = |name: HeaderName| headers.get(name).map(HeaderValue::as_bytes);
    let hosts = [address.to_string(), format!("localhost:{}", address.port())];
    let is_host = text(header::HOST).is_some_and(|host| hosts.iter().any(|own| own.as_bytes() == host));
    let is_origin = match text(header::ORIGIN) {
        Some(origin) => hosts.iter().any(|own| format!("http://{own}").as_bytes() == origin),
        // A browser sends the origin with each POST.
        None => method == Method::GET,
    };
    let is_site = match text(HeaderName::from_static("sec-fetch-site")) {
        Some(site) => site == b"same-origin" || (site == b"none" && method == Method::GET),
        None => true,
    };
    is_host && is_origin && is_site
}

/// Headers of every response: nothing from outside is loaded, no other site may embed or read it, nothing is kept.
pub(super) fn headers() -> [(HeaderName, HeaderValue); 7] {
    const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; \
                          img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
                          require-trusted-types-for 'script'";
    [
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
        (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
        (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_own_with(method: &Method, given: &[(&'static str, &'static str)]) -> bool {
        let headers = given
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)));
        is_own(method, &headers.collect(), "127.0.0.1:7000".parse().unwrap())
    }

    #[test]
    fn only_the_page_itself_sends_requests() {
        let host = ("host", "127.0.0.1:7000");
        let (get, post) = (Method::GET, Method::POST);
        assert!(is_own_with(&get, &[host]));
        assert!(is_own_with(&get, &[("host", "localhost:7000"), ("sec-fetch-site", "none")]));
        assert!(is_own_with(&post, &[host, ("origin", "http://127.0.0.1:7000")]));
        for refused in [
            &[("host", "evil.example:7000")][..],
            &[("host", "127.0.0.1:7001")],
            &[],
            &[host, ("origin", "https://evil.example")],
            &[host, ("origin", "null")],
            &[host, ("origin", "http://127.0.0.1:7001")],
            &[host, ("sec-fetch-site", "cross-site")],
            &[host, ("sec-fetch-site", "same-site")],
        ] {
            assert!(!is_own_with(&get, refused), "{refused:?}");
            assert!(!is_own_with(&post, refused), "{refused:?}");
        }
        assert!(!is_own_with(&post, &[host]), "a POST without an origin");
    }

    #[test]
    fn the_key_is_the_whole_first_part_of_a_path() {
        let key = Key::new("abc".into());
        assert_eq!(key.strip("/abc/"), Some(""));
        assert_eq!(key.strip("/abc/events"), Some("events"));
        for path in ["/", "/abc", "/ab/c", "/abcd/", "/x/abc/", "abc/"] {
            assert_eq!(key.strip(path), None, "{path}");
        }
    }
}
