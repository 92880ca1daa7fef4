//! Map links pasted in a text: which map it is of, and the position or words in it.
//!
//! Reads what the link itself says. Nothing is ever opened: a shortened link is told as such.

use serde::{Deserialize, Serialize};

use super::bearings::{Settled, settle};
use super::note::Note;

/// Longest link read, in bytes.
const LONGEST: usize = 2_000;

/// Links read in one text at most.
const MOST_LINKS: usize = 16;

/// Whose link it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum MapService {
    /// `geo:` (RFC 5870), as phones send it.
    Geo,
    /// Google Maps.
    Google,
    /// OpenStreetMap.
    OpenStreetMap,
    /// Apple Maps.
    Apple,
    /// Another address that holds a position as a map would.
    Other,
}

/// A link in a text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Link {
    pub start: usize,
    pub end: usize,
    pub service: MapService,
    pub settled: Settled,
    /// Radius of uncertainty in metres, if the link tells one.
    pub accuracy_m: Option<f64>,
    /// Words that it asks the map for.
    pub query: Option<String>,
}

/// Every map link in the text, in order.
pub(crate) fn find(text: &str) -> Vec<Link> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(rest) = text.get(from..)
        && found.len() < MOST_LINKS
    {
        let Some(head) = next_head(rest) else { break };
        let start = from + head;
        let written = text.get(start..).unwrap_or_default();
        let end = written
            .find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '“' | '”' | '|' | '[' | ']'))
            .unwrap_or(written.len());
        let link = written.get(..end).unwrap_or_default().trim_end_matches(['.', ',', ';', '!', '?', '\'']);
        let link = if link.contains('(') { link } else { link.trim_end_matches(')') };
        if link.len() <= LONGEST
            && let Some(link) = read(link, start)
        {
            found.push(link);
        }
        from = start + end.max(1);
        while !text.is_char_boundary(from) {
            from += 1;
        }
    }
    found
}

/// Where the next address begins. Passes over the text once: one of thousands of heads without a map costs no
/// more than its own length.
fn next_head(text: &str) -> Option<usize> {
    const HEADS: [&str; 7] =
        ["geo:", "http://", "https://", "maps.app.goo.gl/", "goo.gl/maps", "maps.google.", "www."];
    let mut before = None;
    let (at, _) = text.char_indices().find(|(at, c)| {
        let inside = before.replace(*c).is_some_and(char::is_alphanumeric);
        let rest = text.get(*at..).unwrap_or_default();
        !inside
            && c.is_ascii_alphabetic()
            && HEADS.iter().any(|head| strip_prefix_any_case(rest, head).is_some())
    })?;
    Some(at)
}

fn read(written: &str, start: usize) -> Option<Link> {
    let end = start + written.len();
    let link =
        |service, settled, accuracy_m, query| Some(Link { start, end, service, settled, accuracy_m, query });
    if let Some(body) = strip_prefix_any_case(written, "geo:") {
        let (settled, accuracy_m, query) = geo(body)?;
        return link(MapService::Geo, settled, accuracy_m, query);
    }
    let address = ["https://", "http://"]
        .iter()
        .find_map(|scheme| strip_prefix_any_case(written, scheme))
        .unwrap_or(written);
    let (host, path) = address.split_at_checked(address.find(['/', '?', '#']).unwrap_or(address.len()))?;
    let host = host.to_ascii_lowercase();
    let path = decoded(path);
    let service = if host.contains("google.") || host.ends_with("goo.gl") || host == "g.co" {
        MapService::Google
    } else if host.contains("openstreetmap.org") || host == "osm.org" {
        MapService::OpenStreetMap
    } else if host.ends_with("maps.apple.com") || host == "maps.apple" {
        MapService::Apple
    } else {
        MapService::Other
    };
    let (settled, query) = position(service, &path);
    if let Some(settled) = settled {
        return link(service, settled, None, query);
    }
    let shortened = host.ends_with("goo.gl") || host == "g.co" || host == "maps.apple" || host == "osm.org";
    let is_map = shortened || host.contains("maps") || path.starts_with("/maps") || query.is_some();
    let notes = if query.is_some() { Vec::new() } else { vec![Note::LinkNeedsOpening] };
    (service != MapService::Other && is_map)
        .then(|| link(service, Settled { at: None, notes }, None, query))
        .flatten()
}

/// `lat,lon[,alt][;u=metres][?q=…]`
fn geo(body: &str) -> Option<(Settled, Option<f64>, Option<String>)> {
    let body = decoded(body);
    let (position, query) = body.split_once('?').unwrap_or((&body, ""));
    let mut pieces = position.split(';');
    let settled = numbers(pieces.next()?)?;
    let accuracy_m = pieces.find_map(|piece| piece.trim().strip_prefix("u=")?.parse().ok());
    let accuracy_m = accuracy_m.filter(|metres: &f64| metres.is_finite() && *metres >= 0.0);
    let asked = parameter(query, &["q"]).filter(|asked| !asked.is_empty());
    // geo:0,0?q=… means: look for the words.
    let nowhere = settled.at.is_some_and(|at| at.lat().abs() < 1e-9 && at.lon().abs() < 1e-9);
    match asked {
        Some(asked) if nowhere => match numbers(asked) {
            Some(settled) => Some((settled, accuracy_m, None)),
            None => Some((Settled::default(), accuracy_m, Some(asked.to_owned()))),
        },
        Some(asked) => {
            let words = numbers(asked).is_none().then(|| asked.to_owned());
            Some((settled, accuracy_m, words))
        }
        None => Some((settled, accuracy_m, None)),
    }
}

/// Position and words that an address asks for: a set pin before what the map happens to show.
fn position(service: MapService, path: &str) -> (Option<Settled>, Option<String>) {
    let query = path.split_once('?').map_or("", |(_, query)| query);
    let query = query.split('#').next().unwrap_or_default();
    let marked = pin_of_data(path).or_else(|| {
        let lat = parameter(query, &["mlat", "lat"])?;
        let lon = parameter(query, &["mlon", "lon", "lng"])?;
        numbers(&format!("{lat},{lon}"))
    });
    let asked =
        parameter(query, &["q", "query", "ll", "sll", "coordinate", "destination", "daddr", "center"]);
    let asked_at = asked.and_then(numbers).or_else(|| {
        let keys = ["ll", "coordinate", "center"];
        parameter(query, &keys).and_then(numbers)
    });
    let words = asked.filter(|asked| numbers(asked).is_none() && !asked.is_empty()).map(str::to_owned);
    let in_path = || {
        ["/maps/place/", "/maps/search/", "/maps/dir//", "/maps/dir/"]
            .iter()
            .find_map(|lead| path.split_once(lead))
            .map(|(_, rest)| rest.split(['/', '?']).next().unwrap_or_default().trim())
            .filter(|name| !name.is_empty() && !name.starts_with('@'))
    };
    let shown = || {
        let at = path.split_once("/@").and_then(|(_, at)| numbers(at));
        at.or_else(|| {
            let (_, map) = path.split_once("#map=")?;
            let (_, at) = map.split_once('/')?;
            numbers(&at.replace('/', ","))
        })
    };
    let named = in_path();
    let words = words
        .or_else(|| named.filter(|name| numbers(name).is_none()).map(str::to_owned))
        .filter(|_| service != MapService::Other);
    (marked.or(asked_at).or_else(|| named.and_then(numbers)).or_else(shown), words)
}

/// The pin that a place's data holds: `!3d` latitude `!4d` longitude.
fn pin_of_data(path: &str) -> Option<Settled> {
    let (_, rest) = path.rsplit_once("!3d")?;
    let (lat, rest) = rest.split_once("!4d")?;
    let lon = rest.split(['!', '?', '&', '/']).next()?;
    numbers(&format!("{lat},{lon}"))
}

fn parameter<'a>(query: &'a str, names: &[&str]) -> Option<&'a str> {
    let pairs = || query.split('&').filter_map(|pair| pair.split_once('='));
    names.iter().find_map(|name| {
        pairs().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
    })
}

/// `lat,lon` at the head, whatever follows a further comma; `loc:` may stand before it.
fn numbers(text: &str) -> Option<Settled> {
    let text = text.trim().trim_start_matches("loc:");
    let mut pieces = text.split(',').map(str::trim);
    let (lat, lon) = (pieces.next()?, pieces.next()?);
    let lon = lon.split([' ', '(', '/', '?', '&']).next()?;
    let digits = |text: &str| text.chars().any(|c| c.is_ascii_digit());
    let (lat, lon) = (digits(lat).then_some(lat)?, digits(lon).then_some(lon)?);
    Some(settle((lat.parse().ok()?, None), (lon.parse().ok()?, None)))
}

fn strip_prefix_any_case<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let (head, rest) = text.split_at_checked(prefix.len())?;
    head.eq_ignore_ascii_case(prefix).then_some(rest)
}

/// Percent signs and pluses undone; what is no valid UTF-8 becomes the replacement character.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let hex = after.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
        let byte = hex.filter(|_| *first == b'%').and_then(|hex| u8::from_str_radix(hex, 16).ok());
        if let Some(byte) = byte {
            bytes.push(byte);
            rest = after.get(2..).unwrap_or_default();
        } else {
            bytes.push(if *first == b'+' { b' ' } else { *first });
            rest = after;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions() {
        for (text, service, accuracy_m) in [
            ("geo:-7.8228,112.0119", MapService::Geo, None),
            ("GEO:-7.8228,112.0119,60;u=35", MapService::Geo, Some(35.0)),
            ("geo:0,0?q=-7.8228,112.0119(Saya)", MapService::Geo, None),
            ("https://www.google.com/maps/@-7.8228,112.0119,17z?hl=id", MapService::Google, None),
            ("https://maps.google.com/?q=-7.8228,112.0119", MapService::Google, None),
            ("https://maps.google.co.id/maps?q=loc:-7.8228%2C112.0119&z=17", MapService::Google, None),
            ("http://maps.google.com/maps?q=-7.8228,+112.0119", MapService::Google, None),
            ("https://www.google.com/maps/place/-7.8228,112.0119", MapService::Google, None),
            ("https://www.google.com/maps/search/-7.8228,+112.0119?entry=tts", MapService::Google, None),
            (
                "https://www.google.com/maps/place/Toko/@-7.9,112.5,15z/data=!3m1!4b1!8m2!3d-7.8228!4d112.0119",
                MapService::Google,
                None,
            ),
            ("https://www.google.com/maps/search/?api=1&query=-7.8228,112.0119", MapService::Google, None),
            ("maps.google.com/?ll=-7.8228,112.0119&q=Stasiun", MapService::Google, None),
            (
                "https://www.openstreetmap.org/?mlat=-7.8228&mlon=112.0119#map=17/-7.9/112.5",
                MapService::OpenStreetMap,
                None,
            ),
            ("https://www.openstreetmap.org/#map=17/-7.8228/112.0119", MapService::OpenStreetMap, None),
            ("https://maps.apple.com/?ll=-7.8228,112.0119&q=Rumah", MapService::Apple, None),
            ("https://maps.apple.com/place?coordinate=-7.8228,112.0119", MapService::Apple, None),
            ("https://waze.com/ul?ll=-7.8228,112.0119&navigate=yes", MapService::Other, None),
        ] {
            let around = format!("tolong kesini {text} cepat");
            let found = find(&around);
            let [link] = found.as_slice() else { panic!("{text}: {found:?}") };
            let at = link.settled.at.unwrap_or_else(|| panic!("{text}: {link:?}"));
            assert!((at.lat() + 7.8228).abs() < 1e-9 && (at.lon() - 112.0119).abs() < 1e-9, "{text}: {at:?}");
            assert_eq!((link.service, link.accuracy_m), (service, accuracy_m), "{text}");
            assert_eq!(around.get(link.start..link.end), Some(text));
        }
    }

    #[test]
    fn words_and_links_that_must_be_opened() {
        for (text, query, notes) in [
            ("https://maps.app.goo.gl/AbC123", None, vec![Note::LinkNeedsOpening]),
            ("https://www.google.com/maps?q=Pasar+Papar", Some("Pasar Papar"), vec![]),
            ("https://www.google.com/maps/place/Stasiun+Kediri/", Some("Stasiun Kediri"), vec![]),
            ("geo:0,0?q=Pasar%20Papar", Some("Pasar Papar"), vec![]),
        ] {
            let found = find(text);
            let [link] = found.as_slice() else { panic!("{text}: {found:?}") };
            assert_eq!((link.query.as_deref(), &link.settled.notes), (query, &notes), "{text}");
            assert_eq!(link.settled.at, None);
        }
        for text in ["", "https://", "https://example.com/berita", "geo:", "geo:satu,dua", "ngeo:1,2", "www."]
        {
            assert_eq!(find(text), [], "{text}");
        }
    }

    #[test]
    fn swapped_numbers_in_a_link_are_told() {
        let found = find("geo:112.0119,-7.8228");
        assert_eq!(
            found.first().map(|link| link.settled.notes.as_slice()),
            Some(&[Note::CoordinatesSwapped][..])
        );
    }
}
