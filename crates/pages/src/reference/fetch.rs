//! Fetching one thing from the public web: within limits of time and size, following few redirects,
//! and never from this machine or its network, whatever a name or a redirect says.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use futures_util::StreamExt as _;
use reqwest::redirect::Policy;
use reqwest::{Client, header};
use url::{Host, Url};

use super::ReferenceError;

/// Longest time for one thing.
const PATIENCE: Duration = Duration::from_secs(8);

/// Most bytes that are read.
const MOST: usize = 1_500_000;

/// Most redirects that are followed.
const REDIRECTS: usize = 4;

/// What may be reached.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Guard {
    /// The public web.
    #[default]
    Public,
    /// This machine as well: for tests, whose server is here.
    Everything,
    /// The public web and this one place: for tests of what leads further inside.
    Only(SocketAddr),
}

impl Guard {
    fn admits(self, place: SocketAddr) -> bool {
        match self {
            Self::Everything => true,
            Self::Public => is_public(place.ip()),
            Self::Only(one) => place == one || is_public(place.ip()),
        }
    }
}

/// What was fetched.
#[derive(Debug)]
pub struct Fetched {
    /// Its address after redirects.
    pub address: Url,
    /// What it says it is.
    pub kind: String,
    /// What it is.
    pub bytes: Vec<u8>,
}

/// Fetches an address.
pub async fn fetch(address: &str, guard: Guard) -> Result<Fetched, ReferenceError> {
    let unusable = || ReferenceError::Address(address.to_owned());
    let mut url = Url::parse(address).map_err(|_| unusable())?;
    for _ in 0..=REDIRECTS {
        if !matches!(url.scheme(), "http" | "https") || !url.username().is_empty() {
            return Err(unusable());
        }
        let response = ask(&url, guard).await?;
        if !response.status().is_redirection() {
            return take(url, response).await;
        }
        let next = response
            .headers()
            .get(header::LOCATION)
            .and_then(|location| location.to_str().ok())
            .and_then(|location| url.join(location).ok());
        url = next.ok_or_else(|| ReferenceError::Redirects(address.to_owned()))?;
    }
    Err(ReferenceError::Redirects(address.to_owned()))
}

/// Asks one address, at a place that was looked at before: a name that leads elsewhere a moment later
/// changes nothing.
async fn ask(url: &Url, guard: Guard) -> Result<reqwest::Response, ReferenceError> {
    let unreachable = |detail: String| ReferenceError::Unreachable {
        address: url.to_string(),
        detail,
    };
    let host = url
        .host()
        .ok_or_else(|| ReferenceError::Address(url.to_string()))?
        .to_owned();
    let port = url.port_or_known_default().unwrap_or(443);
    let places: Vec<SocketAddr> = match &host {
        Host::Ipv4(address) => vec![SocketAddr::new(IpAddr::V4(*address), port)],
        Host::Ipv6(address) => vec![SocketAddr::new(IpAddr::V6(*address), port)],
        Host::Domain(name) => {
            let found =
                tokio::time::timeout(PATIENCE, tokio::net::lookup_host((name.as_str(), port)))
                    .await;
            found
                .map_err(|_| unreachable("its name is not found in time".to_owned()))?
                .map_err(|error| unreachable(error.to_string()))?
                .collect()
        }
    };
    if places.iter().any(|place| !guard.admits(*place)) {
        return Err(ReferenceError::Inside(url.to_string()));
    }
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = Client::builder()
        .redirect(Policy::none())
        .no_proxy()
        .timeout(PATIENCE)
        .user_agent("Deskhand")
        .resolve_to_addrs(&host.to_string(), &places)
        .build()
        .map_err(|error| unreachable(error.to_string()))?;
    let response = client.get(url.clone()).send().await;
    response.map_err(|error| {
        let why = if error.is_timeout() {
            "it does not answer in time".to_owned()
        } else {
            error.to_string()
        };
        unreachable(why)
    })
}

async fn take(url: Url, response: reqwest::Response) -> Result<Fetched, ReferenceError> {
    let unreachable = |detail: String| ReferenceError::Unreachable {
        address: url.to_string(),
        detail,
    };
    if !response.status().is_success() {
        return Err(unreachable(format!(
            "it answers {}",
            response.status().as_u16()
        )));
    }
    let kind = response
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .unwrap_or("")
        .to_lowercase();
    let mut bytes = Vec::new();
    let mut stream = response.bytes_stream();
    while let Some(piece) = stream.next().await {
        bytes.extend_from_slice(&piece.map_err(|error| unreachable(error.to_string()))?);
        if bytes.len() > MOST {
            return Err(ReferenceError::TooLarge(url.to_string()));
        }
    }
    Ok(Fetched {
        address: url,
        kind,
        bytes,
    })
}

/// Whether an address belongs to the public web and to nobody's own network.
#[must_use]
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => {
            let [a, b, c, _] = address.octets();
            !(address.is_private()
                || address.is_loopback()
                || address.is_link_local()
                || address.is_broadcast()
                || address.is_multicast()
                || address.is_documentation()
                || a == 0
                || a >= 240
                || (a == 100 && (64..128).contains(&b))
                || (a == 192 && b == 0 && c == 0)
                || (a == 198 && (b == 18 || b == 19)))
        }
        IpAddr::V6(address) => {
            if let Some(inside) = embedded(address) {
                return is_public(IpAddr::V4(inside));
            }
            let first = address.segments()[0];
            !(address.is_loopback()
                || address.is_unspecified()
                || address.is_multicast()
                || (first & 0xfe00) == 0xfc00
                || (first & 0xffc0) == 0xfe80
                || (first & 0xffc0) == 0xfec0
                || (first == 0x2001 && address.segments()[1] == 0xdb8)
                || first == 0x100)
        }
    }
}

/// An address of the old kind that is written in the new one, or reached through it.
fn embedded(address: Ipv6Addr) -> Option<std::net::Ipv4Addr> {
    let segments = address.segments();
    let low = |high: u16, low: u16| {
        let [a, b] = high.to_be_bytes();
        let [c, d] = low.to_be_bytes();
        std::net::Ipv4Addr::new(a, b, c, d)
    };
    match segments {
        [0, 0, 0, 0, 0, 0xffff, high, lower] => Some(low(high, lower)),
        [0x64, 0xff9b, 0, 0, 0, 0, high, lower] => Some(low(high, lower)),
        [0x2002, high, lower, ..] => Some(low(high, lower)),
        [0, 0, 0, 0, 0, 0, high, lower] if high != 0 => Some(low(high, lower)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_public_web_is_public() {
        for inside in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "0.0.0.0",
            "100.64.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::1",
            "::",
            "fe80::1",
            "fc00::1",
            "fd12::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "198.18.0.1",
            "::127.0.0.1",
        ] {
            assert!(!is_public(inside.parse().unwrap()), "{inside}");
        }
        for outside in ["93.184.216.34", "1.1.1.1", "2606:4700::1111", "172.32.0.1"] {
            assert!(is_public(outside.parse().unwrap()), "{outside}");
        }
    }
}
