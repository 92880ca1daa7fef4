//! Where this server may connect to for others, and the clients that do it.
//!
//! Addresses of agencies' servers come from people: they must not lead into this machine or the city's own
//! network. What is checked is the address that is really dialled, after the name was resolved, so a name
//! that answers differently the second time wins nothing. A provider's address comes from the settings
//! file, that is from an administrator, and is dialled as it stands. An administrator may also open networks
//! for all agencies, or one agency's endpoint for the own house. Nobody is followed to another place.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::{Client, Url};

use super::sender::{Failure, Permit};

/// How long a peer may take to answer.
const ANSWER_WITHIN: Duration = Duration::from_secs(10);
/// How long a peer may take to be reached.
const CONNECT_WITHIN: Duration = Duration::from_secs(5);

/// A network, e.g. `10.20.0.0/16` or one address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    base: IpAddr,
    bits: u8,
}

impl FromStr for Network {
    type Err = anyhow::Error;

    fn from_str(words: &str) -> anyhow::Result<Self> {
        let (base, bits) = words.split_once('/').map_or((words, None), |(base, bits)| (base, Some(bits)));
        let base: IpAddr =
            base.trim().parse().map_err(|_| anyhow::anyhow!("{words} is no network such as 10.20.0.0/16"))?;
        let most = if base.is_ipv4() { 32 } else { 128 };
        let bits = match bits {
            Some(bits) => bits.trim().parse::<u8>().ok().filter(|bits| *bits <= most),
            None => Some(most),
        };
        bits.map(|bits| Self { base, bits }).ok_or_else(|| anyhow::anyhow!("{words} has no such length"))
    }
}

impl Network {
    fn holds(&self, ip: IpAddr) -> bool {
        let left = |bits: u8, of: u8| u32::from(of.saturating_sub(bits));
        match (self.base, ip) {
            (IpAddr::V4(base), IpAddr::V4(ip)) => {
                let apart = u32::from(base) ^ u32::from(ip);
                apart.checked_shr(left(self.bits, 32)).unwrap_or(0) == 0
            }
            (IpAddr::V6(base), IpAddr::V6(ip)) => {
                let apart = u128::from(base) ^ u128::from(ip);
                apart.checked_shr(left(self.bits, 128)).unwrap_or(0) == 0
            }
            _ => false,
        }
    }
}

/// How far an endpoint may lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Into opened networks only: what has no TLS.
    Opened,
    /// To the public internet, and into opened networks.
    Public,
    /// Also into the own house, as an administrator allowed for this endpoint; also without TLS.
    House,
}

/// Which addresses may be dialled for agencies.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Targets {
    /// Networks of the city's own that an administrator opened; inside them also without TLS.
    pub allowed: Vec<Network>,
}

impl Targets {
    /// Whether an administrator opened it.
    pub fn is_allowed(&self, ip: IpAddr) -> bool {
        let ip = plain(ip);
        self.allowed.iter().any(|network| network.holds(ip))
    }

    /// Whether an endpoint with this reach may be dialled there.
    pub fn permits(&self, ip: IpAddr, reach: Reach) -> bool {
        let ip = plain(ip);
        match reach {
            _ if self.is_allowed(ip) => true,
            Reach::Opened => false,
            Reach::Public => is_public(ip),
            Reach::House => is_public(ip) || is_house(ip),
        }
    }
}

/// An IPv4 address written as an IPv6 one is that IPv4 address.
fn plain(ip: IpAddr) -> IpAddr {
    match ip {
        IpAddr::V6(v6) => v6.to_ipv4_mapped().map_or(ip, IpAddr::V4),
        IpAddr::V4(_) => ip,
    }
}

/// Whether an address is one of the public internet.
fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(v4) => is_public_v4(v4),
        IpAddr::V6(v6) => is_public_v6(v6),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    let shared = a == 100 && (64..128).contains(&b);
    let protocol = a == 192 && b == 0 && (c == 0 || c == 2);
    let relay = a == 192 && b == 88 && c == 99;
    let benches = a == 198 && (b == 18 || b == 19);
    !(a == 0
        || a >= 224
        || shared
        || protocol
        || relay
        || benches
        || ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || ip.is_documentation())
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    let [first, second, rest @ .., high, low] = ip.segments();
    let v4 = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        is_public_v4(Ipv4Addr::new(a, b, c, d))
    };
    match (first, second) {
        // Ways into IPv4 are what they lead to.
        (0x64, 0xff9b) => rest == [0; 4] && v4(high, low),
        (0x2002, _) => v4(second, rest[0]),
        // Teredo, benches, identifiers and documentation.
        (0x2001, 0 | 2 | 0x10..=0x3f | 0xdb8) | (0x3fff, 0..=0xfff) => false,
        _ => first & 0xe000 == 0x2000,
    }
}

/// Whether an address is one of this machine or of a local network. What no server of an agency can have
/// (link-local, where clouds keep their secrets, multicast) is none.
fn is_house(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(v4) => {
            let [a, b, ..] = v4.octets();
            v4.is_loopback() || v4.is_private() || (a == 100 && (64..128).contains(&b))
        }
        IpAddr::V6(v6) => v6.is_loopback() || v6.is_unique_local(),
    }
}

/// The name resolved to addresses that may not be dialled.
#[derive(Debug)]
struct NotAllowed;

impl fmt::Display for NotAllowed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no address of this name may be dialled")
    }
}

impl std::error::Error for NotAllowed {}

/// Resolves names as the system does and keeps what may be dialled.
struct Checked {
    targets: Arc<Targets>,
    reach: Reach,
}

impl Resolve for Checked {
    fn resolve(&self, name: Name) -> Resolving {
        let (targets, reach) = (Arc::clone(&self.targets), self.reach);
        Box::pin(async move {
            let found: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            let kept: Vec<SocketAddr> =
                found.into_iter().filter(|one| targets.permits(one.ip(), reach)).collect();
            if kept.is_empty() {
                return Err(Box::new(NotAllowed) as Box<dyn std::error::Error + Send + Sync>);
            }
            Ok(Box::new(kept.into_iter()) as Addrs)
        })
    }
}

/// The clients that senders share. There is none without a [`Permit`], so none for a drill.
#[derive(Debug, Clone)]
pub struct Dialler {
    targets: Arc<Targets>,
    public: Client,
    opened: Client,
    house: Client,
    provider: Client,
}

impl Dialler {
    /// The clients of a live centre.
    ///
    /// # Errors
    /// When the TLS library cannot start.
    pub fn new(_permit: &Permit, targets: Targets) -> anyhow::Result<Self> {
        let targets = Arc::new(targets);
        let builder = || {
            Client::builder()
                .timeout(ANSWER_WITHIN)
                .connect_timeout(CONNECT_WITHIN)
                .redirect(reqwest::redirect::Policy::none())
                // A proxy would dial, and resolve, in our place.
                .no_proxy()
                .user_agent("kentongan")
        };
        let checked = |reach| Arc::new(Checked { targets: Arc::clone(&targets), reach });
        Ok(Self {
            public: builder().https_only(true).dns_resolver(checked(Reach::Public)).build()?,
            opened: builder().dns_resolver(checked(Reach::Opened)).build()?,
            house: builder().dns_resolver(checked(Reach::House)).build()?,
            provider: builder().build()?,
            targets,
        })
    }

    /// A request to an agency's server, if its address may be dialled; `house` when an administrator
    /// allowed this endpoint to be in the own house.
    ///
    /// # Errors
    /// `address_not_allowed`, for good when the address is written out and is no name.
    pub fn post_to_agency(&self, url: &str, house: bool) -> Result<reqwest::RequestBuilder, Failure> {
        let refused = || Failure::for_good("address_not_allowed");
        let url = Url::parse(url).map_err(|_| refused())?;
        // Names are judged after they were resolved.
        let literal = match url.host() {
            Some(url::Host::Ipv4(ip)) => Some(IpAddr::V4(ip)),
            Some(url::Host::Ipv6(ip)) => Some(IpAddr::V6(ip)),
            Some(url::Host::Domain(_)) => None,
            None => return Err(refused()),
        };
        let (client, reach) = match (url.scheme(), house) {
            ("https" | "http", true) => (&self.house, Reach::House),
            ("https", false) => (&self.public, Reach::Public),
            ("http", false) => (&self.opened, Reach::Opened),
            _ => return Err(refused()),
        };
        if literal.is_some_and(|ip| !self.targets.permits(ip, reach)) {
            return Err(refused());
        }
        Ok(client.post(url))
    }

    /// The client for a provider's own address, from the settings.
    pub const fn provider(&self) -> &Client {
        &self.provider
    }
}

/// What a broken exchange means.
pub fn failure_of(error: &reqwest::Error) -> Failure {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(one) = cause {
        if one.is::<NotAllowed>() {
            // The name may lead elsewhere when somebody has put it right.
            return Failure::again("address_not_allowed");
        }
        cause = one.source();
    }
    if error.is_connect() {
        return Failure::again(if error.is_timeout() { "connect_timeout" } else { "refused" });
    }
    if error.is_builder() {
        return Failure::for_good("no_request");
    }
    // It was handed over, or may have been: the answer alone is missing.
    let code = if error.is_timeout() { "timeout" } else { "broken" };
    Failure { may_have_arrived: true, ..Failure::again(code) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_public_internet_and_what_is_opened() {
        let none = Targets::default();
        for ip in [
            "127.0.0.1",
            "127.8.8.8",
            "0.0.0.0",
            "10.1.2.3",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.20",
            "169.254.169.254",
            "100.64.0.1",
            "100.127.255.255",
            "224.0.0.1",
            "255.255.255.255",
            "198.18.0.1",
            "192.0.0.8",
            "192.0.2.1",
            "198.51.100.7",
            "203.0.113.7",
            "240.0.0.1",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::127.0.0.1",
            "fe80::1",
            "fc00::1",
            "fd12::1",
            "ff02::1",
            "64:ff9b::7f00:1",
            "64:ff9b::a00:1",
            "2002:7f00:1::",
            "2002:c0a8:101::1",
            "2001:db8::1",
            "2001::1",
            "3fff::1",
            "100::1",
        ] {
            let ip = ip.parse().unwrap();
            assert!(!none.permits(ip, Reach::Public) && !none.permits(ip, Reach::Opened), "{ip}");
        }
        for ip in
            ["8.8.8.8", "100.63.0.1", "100.128.0.1", "172.32.0.1", "2606:4700::1111", "64:ff9b::808:808"]
        {
            assert!(none.permits(ip.parse().unwrap(), Reach::Public), "{ip}");
            assert!(!none.is_allowed(ip.parse().unwrap()), "{ip}");
        }
        let opened =
            Targets { allowed: vec!["192.168.7.0/24".parse().unwrap(), "fd00::/8".parse().unwrap()] };
        assert!(opened.is_allowed("192.168.7.200".parse().unwrap()));
        assert!(opened.is_allowed("::ffff:192.168.7.1".parse().unwrap()));
        assert!(opened.is_allowed("fd12::9".parse().unwrap()));
        assert!(!opened.permits("192.168.8.1".parse().unwrap(), Reach::Public));
        assert!(!opened.permits("127.0.0.1".parse().unwrap(), Reach::Public));
        for ip in ["127.0.0.1", "10.9.9.9", "::1", "fd00::5", "100.64.0.1", "8.8.8.8", "::ffff:127.0.0.1"] {
            assert!(none.permits(ip.parse().unwrap(), Reach::House), "{ip}");
        }
        for ip in ["169.254.169.254", "0.0.0.0", "224.0.0.1", "fe80::1", "::", "::ffff:169.254.169.254"] {
            assert!(!none.permits(ip.parse().unwrap(), Reach::House), "{ip}");
        }
    }

    #[test]
    fn networks_are_read() {
        for bad in ["", "10.0.0.0/33", "10.0.0/8", "fd00::/129", "all", "10.0.0.0/-1"] {
            assert!(bad.parse::<Network>().is_err(), "{bad}");
        }
        assert!("0.0.0.0/0".parse::<Network>().unwrap().holds("9.9.9.9".parse().unwrap()));
        assert!(!"9.9.9.9".parse::<Network>().unwrap().holds("9.9.9.8".parse().unwrap()));
    }
}
