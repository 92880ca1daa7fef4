//! Pictures from the field: told by their first bytes what they are, bounded, and freed of everything that the
//! camera wrote into them, except where they were taken, which is given back as a claim.
//!
//! Pixels are never decoded here: what a picture unpacks to is bounded by its header.

use bytes::Bytes;
use exif::{In, Reader, Tag, Value};
use img_parts::ImageEXIF as _;
use img_parts::jpeg::{Jpeg, JpegSegment, markers};
use img_parts::png::Png;
use img_parts::webp::WebP;
use kentongan_domain::ids::EpochUs;
use kentongan_domain::place::{ClaimSource, LocationClaim};

/// The largest picture that is taken: what a phone's camera makes, and a half more.
pub const PHOTO_MAX_BYTES: usize = 12 * 1024 * 1024;
/// The most pixels that a picture may unpack to: a 50 megapixel camera.
const MOST_PIXELS: usize = 50_000_000;
/// The longest side, in pixels; browsers draw no more.
const LONGEST_SIDE: usize = 16_384;

/// A picture ready to be kept.
#[derive(Debug, PartialEq)]
pub struct Cleaned {
    /// `image/jpeg`, `image/png` or `image/webp`.
    pub media_type: &'static str,
    /// The picture.
    pub body: Vec<u8>,
    /// Where it was taken, as the camera wrote.
    pub claim: Option<LocationClaim>,
}

/// Why a picture is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadPhoto {
    /// It is none, or of a kind that is not taken.
    #[error("this is no JPEG, PNG or WebP picture")]
    Unknown,
    /// It is cut off or does not hold together.
    #[error("this picture is damaged; send it again")]
    Damaged,
    /// It unpacks to more than a screen can show.
    #[error("this picture has too many pixels; at most 50 million, and 16,384 a side")]
    TooManyPixels,
    /// It has too many bytes.
    #[error("this picture is too large; at most 12 MiB")]
    TooLarge,
}

/// Takes a picture apart and together again. `now` is epoch µs.
///
/// # Errors
/// [`BadPhoto`].
pub fn clean(body: Bytes, now: EpochUs) -> Result<Cleaned, BadPhoto> {
    if body.len() > PHOTO_MAX_BYTES {
        return Err(BadPhoto::TooLarge);
    }
    let size = imagesize::blob_size(&body).ok();
    let sniffed = imagesize::image_type(&body).map_err(|_| BadPhoto::Unknown)?;
    let cleaned = match sniffed {
        imagesize::ImageType::Jpeg => jpeg(body, now)?,
        imagesize::ImageType::Png => png(body, now)?,
        imagesize::ImageType::Webp => webp(body, now)?,
        _ => return Err(BadPhoto::Unknown),
    };
    let size = size.ok_or(BadPhoto::Damaged)?;
    let fits = size.width <= LONGEST_SIDE
        && size.height <= LONGEST_SIDE
        && size.width.saturating_mul(size.height) <= MOST_PIXELS;
    if size.width == 0 || size.height == 0 {
        return Err(BadPhoto::Damaged);
    }
    if fits { Ok(cleaned) } else { Err(BadPhoto::TooManyPixels) }
}

fn jpeg(body: Bytes, now: EpochUs) -> Result<Cleaned, BadPhoto> {
    let mut picture = Jpeg::from_bytes(body).map_err(|_| BadPhoto::Damaged)?;
    let exif = picture.exif();
    let turned = exif.as_deref().and_then(orientation);
    // JFIF, colour profile and Adobe's colour transform draw the picture; all other application segments and
    // comments only tell of it.
    picture.segments_mut().retain(|segment| {
        let marker = segment.marker();
        let tells = (markers::APP0..=markers::APP15).contains(&marker) || marker == markers::COM;
        !tells || [markers::APP0, markers::APP2, markers::APP14].contains(&marker)
    });
    if let Some(turned) = turned {
        // By hand and first: the library's own way needs three segments to be there.
        let exif = [b"Exif\0\0".as_slice(), &upright(turned)].concat();
        picture.segments_mut().insert(0, JpegSegment::new_with_contents(markers::APP1, exif.into()));
    }
    let claim = exif.as_deref().and_then(|exif| taken_at(exif, now));
    Ok(Cleaned { media_type: "image/jpeg", body: picture.encoder().bytes().to_vec(), claim })
}

fn png(body: Bytes, now: EpochUs) -> Result<Cleaned, BadPhoto> {
    let mut picture = Png::from_bytes(body).map_err(|_| BadPhoto::Damaged)?;
    let exif = picture.exif();
    let draws = |kind: [u8; 4]| {
        let needed =
            [b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"pHYs"];
        needed.contains(&&kind)
    };
    picture.chunks_mut().retain(|chunk| draws(chunk.kind()));
    let claim = exif.as_deref().and_then(|exif| taken_at(exif, now));
    Ok(Cleaned { media_type: "image/png", body: picture.encoder().bytes().to_vec(), claim })
}

fn webp(body: Bytes, now: EpochUs) -> Result<Cleaned, BadPhoto> {
    let mut picture = WebP::from_bytes(body).map_err(|_| BadPhoto::Damaged)?;
    let exif = picture.exif();
    let turned = exif.as_deref().and_then(orientation);
    picture.set_exif(turned.map(upright));
    let draws: [[u8; 4]; 8] =
        [*b"VP8 ", *b"VP8L", *b"VP8X", *b"ALPH", *b"ANIM", *b"ANMF", *b"ICCP", *b"EXIF"];
    picture.chunks_mut().retain(|chunk| draws.contains(&chunk.id()));
    let claim = exif.as_deref().and_then(|exif| taken_at(exif, now));
    Ok(Cleaned { media_type: "image/webp", body: picture.encoder().bytes().to_vec(), claim })
}

/// How the camera was held, when it was not upright: without it the picture would lie on its side.
fn orientation(exif: &[u8]) -> Option<u8> {
    let read = Reader::new().read_raw(exif.to_vec()).ok()?;
    let value = read.get_field(Tag::Orientation, In::PRIMARY)?.value.get_uint(0)?;
    u8::try_from(value).ok().filter(|value| (2..=8).contains(value))
}

/// Exif that tells nothing but how to turn the picture: one entry, `Orientation` (0x0112), a short.
fn upright(orientation: u8) -> Bytes {
    let mut exif = Vec::from(*b"MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0");
    exif.extend([orientation, 0, 0, 0, 0, 0, 0]);
    Bytes::from(exif)
}

fn taken_at(exif: &[u8], now: EpochUs) -> Option<LocationClaim> {
    let read = Reader::new().read_raw(exif.to_vec()).ok()?;
    let degrees = |tag: Tag| match &read.get_field(tag, In::PRIMARY)?.value {
        Value::Rational(parts) => match parts.as_slice() {
            [whole, minutes, seconds, ..] => {
                Some(whole.to_f64() + minutes.to_f64() / 60.0 + seconds.to_f64() / 3_600.0)
            }
            _ => None,
        },
        _ => None,
    };
    let side = |tag: Tag| match &read.get_field(tag, In::PRIMARY)?.value {
        Value::Ascii(words) => words.first()?.first().copied(),
        _ => None,
    };
    let south = side(Tag::GPSLatitudeRef)? == b'S';
    let west = side(Tag::GPSLongitudeRef)? == b'W';
    let lat = degrees(Tag::GPSLatitude)? * if south { -1.0 } else { 1.0 };
    let lon = degrees(Tag::GPSLongitude)? * if west { -1.0 } else { 1.0 };
    let accuracy_m = match &read.get_field(Tag::GPSHPositioningError, In::PRIMARY).map(|field| &field.value) {
        Some(Value::Rational(parts)) => parts.first().map(exif::Rational::to_f64),
        _ => None,
    };
    let on_earth = (-90.0..=90.0).contains(&lat) && (-180.0..=180.0).contains(&lon);
    on_earth.then(|| LocationClaim {
        lat,
        lon,
        accuracy_m: accuracy_m.filter(|metres| metres.is_finite() && *metres >= 0.0),
        source: ClaimSource::Device,
        claimed_at: now,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use exif::experimental::Writer;
    use exif::{Field, Rational};

    const NOW: EpochUs = 1_795_316_400_000_000;

    /// A picture of that size as far as its head tells.
    fn jpeg_of(width: u16, height: u16) -> Vec<u8> {
        let ([w1, w2], [h1, h2]) = (width.to_be_bytes(), height.to_be_bytes());
        let mut bytes = vec![0xff, 0xd8, 0xff, 0xc0, 0, 11, 8, h1, h2, w1, w2, 1, 1, 0x11, 0];
        bytes.extend([0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0, 0x54, 0x3f, 0xff, 0xd9]);
        bytes
    }

    fn exif_of(fields: &[(Tag, Value)]) -> Vec<u8> {
        let fields: Vec<Field> = fields
            .iter()
            .map(|(tag, value)| Field { tag: *tag, ifd_num: In::PRIMARY, value: value.clone() })
            .collect();
        let mut writer = Writer::new();
        fields.iter().for_each(|field| writer.push_field(field));
        let mut out = std::io::Cursor::new(Vec::new());
        writer.write(&mut out, false).unwrap();
        out.into_inner()
    }

    fn somewhere(lat_side: &str, seconds: u32) -> Vec<(Tag, Value)> {
        let parts = |degrees, minutes| {
            Value::Rational(vec![
                Rational { num: degrees, denom: 1 },
                Rational { num: minutes, denom: 1 },
                Rational { num: seconds, denom: 100 },
            ])
        };
        vec![
            (Tag::Orientation, Value::Short(vec![6])),
            (Tag::Artist, Value::Ascii(vec![b"Bapak Contoh".to_vec()])),
            (Tag::GPSLatitudeRef, Value::Ascii(vec![lat_side.as_bytes().to_vec()])),
            (Tag::GPSLatitude, parts(7, 49)),
            (Tag::GPSLongitudeRef, Value::Ascii(vec![b"E".to_vec()])),
            (Tag::GPSLongitude, parts(112, 1)),
        ]
    }

    fn with_exif(fields: &[(Tag, Value)]) -> Bytes {
        let mut picture = Jpeg::from_bytes(jpeg_of(640, 480).into()).unwrap();
        let exif = [b"Exif\0\0".as_slice(), &exif_of(fields)].concat();
        picture.segments_mut().insert(0, JpegSegment::new_with_contents(markers::APP1, exif.into()));
        let remark = Bytes::from_static(b"difoto oleh 0812");
        picture.segments_mut().insert(1, JpegSegment::new_with_contents(markers::COM, remark));
        picture.encoder().bytes()
    }

    #[test]
    fn only_place_and_turn_stay_of_what_the_camera_wrote() {
        let cleaned = clean(with_exif(&somewhere("S", 2_250)), NOW).unwrap();
        assert_eq!(cleaned.media_type, "image/jpeg");
        for told in ["Contoh", "0812"] {
            assert!(!cleaned.body.windows(told.len()).any(|part| part == told.as_bytes()), "{told}");
        }
        let claim = cleaned.claim.unwrap();
        assert!((claim.lat - -7.822_916_7).abs() < 1e-6 && (claim.lon - 112.022_916_7).abs() < 1e-6);
        assert_eq!(claim.source, ClaimSource::Device);
        let again = Jpeg::from_bytes(cleaned.body.into()).unwrap();
        let exif = again.exif().unwrap();
        assert_eq!(orientation(&exif), Some(6));
        assert_eq!(taken_at(&exif, NOW), None, "the place is not in the picture any more");
    }

    #[test]
    fn a_camera_without_a_place_claims_none() {
        for fields in [
            vec![(Tag::Orientation, Value::Short(vec![1]))],
            somewhere("S", u32::MAX),
            somewhere("S", 2_250).into_iter().take(4).collect(),
        ] {
            let cleaned = clean(with_exif(&fields), NOW).unwrap();
            assert!(cleaned.claim.is_none_or(|claim| claim.is_finite() && claim.lat.abs() <= 90.0));
        }
        let mut zero = somewhere("N", 0);
        zero[3].1 = Value::Rational(vec![Rational { num: 0, denom: 0 }; 3]);
        assert_eq!(clean(with_exif(&zero), NOW).unwrap().claim, None, "no number is no place");
    }

    #[test]
    fn what_is_no_picture_or_unpacks_to_too_much_is_refused() {
        let cases: [(&str, Vec<u8>, BadPhoto); 8] = [
            ("nothing", vec![], BadPhoto::Unknown),
            ("words", b"<svg onload=alert(1)>".to_vec(), BadPhoto::Unknown),
            ("a page", b"<!doctype html><script>1</script>".to_vec(), BadPhoto::Unknown),
            ("a GIF", b"GIF89a\x01\x00\x01\x00\x00\x00\x00;".to_vec(), BadPhoto::Unknown),
            ("cut off", jpeg_of(10, 10)[..14].to_vec(), BadPhoto::Damaged),
            ("wide", jpeg_of(20_000, 10), BadPhoto::TooManyPixels),
            ("a bomb", jpeg_of(16_000, 16_000), BadPhoto::TooManyPixels),
            ("empty", jpeg_of(0, 10), BadPhoto::Damaged),
        ];
        for (name, bytes, why) in cases {
            assert_eq!(clean(bytes.into(), NOW), Err(why), "{name}");
        }
        let large = vec![0xff; PHOTO_MAX_BYTES + 1];
        assert_eq!(clean(large.into(), NOW), Err(BadPhoto::TooLarge));
    }

    proptest::proptest! {
        #[test]
        fn nothing_makes_it_fall_over(mut bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..200), kind in 0..4_u8) {
            let head: &[u8] = match kind {
                0 => b"\xff\xd8\xff\xe1",
                1 => b"\x89PNG\r\n\x1a\n",
                2 => b"RIFF\x40\0\0\0WEBP",
                _ => b"",
            };
            bytes.splice(0..0, head.iter().copied());
            if let Ok(cleaned) = clean(bytes.into(), NOW) {
                assert!(cleaned.claim.is_none_or(|claim| claim.is_finite()));
            }
        }
    }
}
