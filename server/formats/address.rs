//! Addresses of the network.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::{Verdict, ensure};

const NO_IP: &str = "is not an IP address";
const ZEROS: &str = "has leading zeros";
const MAPPED: &str = "is an IPv4 address written as IPv6";

/// An IP address since Kubernetes 1.36.
pub fn ip(text: &str) -> Verdict {
    let address = loose(text).ok_or(NO_IP)?;
    ensure(!is_mapped(address), MAPPED)?;
    ensure(text.parse::<IpAddr>().is_ok(), ZEROS)
}

/// An IP address up to Kubernetes 1.35: leading zeros and IPv4-mapped IPv6 are fine.
pub fn loose_ip(text: &str) -> Verdict {
    ensure(loose(text).is_some(), NO_IP)
}

/// The same address as one would print it; `None` when it is none.
pub fn canonical_ip(text: &str) -> Option<String> {
    loose(text).map(|address| address.to_canonical().to_string())
}

/// `host:port`, where either may be empty: registries of Quobyte. Colons of the host need `[...]`.
pub fn host_port(text: &str) -> Verdict {
    const FAULT: &str = "is not `host:port`";
    let (host, port) = text.rsplit_once(':').ok_or(FAULT)?;
    let host = match host.strip_prefix('[') {
        Some(inside) => inside.strip_suffix(']').ok_or(FAULT)?,
        None => {
            ensure(!host.contains(':'), FAULT)?;
            host
        }
    };
    ensure(!host.contains(['[', ']']) && !port.contains(['[', ']']), FAULT)
}

fn is_mapped(address: IpAddr) -> bool {
    matches!(address, IpAddr::V6(address) if address.to_ipv4_mapped().is_some())
}

/// An address whose IPv4 parts may have leading zeros, which std does not take.
fn loose(text: &str) -> Option<IpAddr> {
    if text.contains(':') {
        let Some((head, tail)) = text.rsplit_once(':').filter(|(_, tail)| tail.contains('.'))
        else {
            return text.parse::<Ipv6Addr>().ok().map(IpAddr::V6);
        };
        return format!("{head}:{}", v4(tail)?).parse().ok();
    }
    v4(text).map(IpAddr::V4)
}

fn v4(text: &str) -> Option<Ipv4Addr> {
    let mut octets = [0; 4];
    let mut parts = text.split('.');
    for octet in &mut octets {
        let part = parts.next()?;
        let digits = !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        *octet = part.parse().ok().filter(|_| digits)?;
    }
    parts.next().is_none().then(|| octets.into())
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use super::{canonical_ip, host_port, ip, loose_ip};

    #[test]
    fn addresses() {
        let good = ["10.0.0.1", "::1", "fe80::1", "2001:DB8::0001", "255.255.255.255"];
        let always_bad =
            ["", "1.2.3", "256.1.1.1", "fe80::1%eth0", "1.2.3.4/32", "[::1]", "1.2.3.4.5"];
        let old = ["010.0.0.1", "::ffff:1.2.3.4", "010.002.003.004", "::FFFF:0102:0304"];
        check(ip, &good, &always_bad);
        check(ip, &[], &old);
        check(loose_ip, &good, &always_bad);
        check(loose_ip, &old, &["0x1.2.3.4", "+1.2.3.4", "::ffff:1.2.3"]);
        assert_eq!(ip("010.0.0.1"), Err("has leading zeros"));
        assert_eq!(canonical_ip("FE80::0001").as_deref(), Some("fe80::1"));
        assert_eq!(canonical_ip("::ffff:010.2.3.4").as_deref(), Some("10.2.3.4"));
        assert_eq!(canonical_ip("host"), None);
    }

    #[test]
    fn hosts_with_ports() {
        check(
            host_port,
            &["host:80", "host:", ":80", "[::1]:80", ":"],
            &["host", "a:b:c", "[::1]", "", "[::1:80", "a]:80"],
        );
    }
}
