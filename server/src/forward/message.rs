//! What is told: one notice of one dispatch, made from what the agency itself may see.
//!
//! Pure. Words of callers pass through [`one_line`] here, so that no channel meets a line break or a mark
//! in them, and are told only where the incident's type is not a sensitive one. No reporter is ever named.

use kentongan_domain::catalogue::{Category, Priority};
use kentongan_domain::delivery::Notice;
use kentongan_domain::dispatch::DispatchRole;
use kentongan_domain::place::Place;

use super::card;
use super::text::{PART_SEPTETS, gsm, one_line, septets, shortened, shortened_gsm};
use super::webhook::Parcel;

/// Text messages at most for one notice.
pub const MOST_SEGMENTS: usize = 3;
/// Septets that they hold together.
const SMS_SEPTETS: usize = MOST_SEGMENTS * PART_SEPTETS;
/// Characters of a place in one line.
const PLACE_CHARS: usize = 160;
/// Characters of a caller's words.
const WORDS_CHARS: usize = 240;
/// Characters of a mail's subject.
const SUBJECT_CHARS: usize = 120;

/// A button under a message; pressing it brings its token back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Button {
    /// What is written on it.
    pub label: String,
    /// What comes back.
    pub token: String,
}

/// What the agency's view does not tell.
#[derive(Debug, Clone, Default)]
pub struct Surroundings {
    /// The delivery's id, the receiver's key to drop doubles.
    pub delivery: String,
    /// What is told.
    pub notice: Notice,
    /// Which wording of the dispatch, from 1.
    pub wording: u32,
    /// The centre's name, e.g. `Call Center 112 Kediri`.
    pub centre_name: String,
    /// The agency's name.
    pub agency_name: String,
    /// The incident type's Indonesian name; none for a type that the catalogue no longer has.
    pub type_name: Option<String>,
    /// Whether details are shown to as few as possible.
    pub sensitive: bool,
    /// The signed address where the dispatch is shown and can be acknowledged.
    pub link: Option<String>,
    /// Four digits by which the message can be answered.
    pub reply_code: Option<String>,
    /// Buttons, where the channel has them.
    pub buttons: Vec<Button>,
}

/// What is told, in every form that a channel may need.
#[derive(Debug)]
pub struct Message {
    /// The delivery's id.
    pub delivery: String,
    /// The dispatch's id.
    pub dispatch: String,
    /// What is told.
    pub notice: Notice,
    /// Which wording of the dispatch, from 1.
    pub wording: u32,
    /// The incident's priority.
    pub priority: Priority,
    /// The incident's category.
    pub category: Category,
    /// The incident's spoken number.
    pub incident_number: String,
    /// The centre's name.
    pub centre_name: String,
    /// The agency's code.
    pub agency: String,
    /// The agency's name.
    pub agency_name: String,
    /// First line: what and how urgent.
    pub headline: String,
    /// Where, in one line.
    pub place: String,
    /// The point, as people copy it: `-7.81610,112.01190`.
    pub point: Option<String>,
    /// What a caller said, in one line; none for sensitive types.
    pub words: Option<String>,
    /// What to do now.
    pub act: String,
    /// The signed address where it can be acknowledged.
    pub link: Option<String>,
    /// Four digits by which it can be answered.
    pub reply_code: Option<String>,
    /// Buttons.
    pub buttons: Vec<Button>,
    /// A mail's subject: one line.
    pub subject: String,
    /// A mail's body as HTML.
    pub html: String,
    /// What the agency may see, for machines; none when nothing has happened: a heartbeat.
    pub parcel: Option<Parcel>,
}

/// Makes the message of one delivery from the agency's own view.
pub fn compose(parcel: Parcel, around: Surroundings) -> Message {
    let incident = &parcel.incident;
    let kind = around.type_name.as_deref().unwrap_or_else(|| incident.category.name_id());
    let headline = format!("{}{} {}", prefix(&around), priority_words(incident.priority), one_line(kind, 60));
    let words = parcel.reports.iter().filter(|_| !around.sensitive).find_map(|report| report.text.as_deref());
    let ends = around.notice == Notice::Withdrawal;
    let mut message = Message {
        subject: one_line(&format!("[112] {headline} - {}", incident.number), SUBJECT_CHARS),
        act: act_words(&around, parcel.dispatch.role),
        notice: around.notice,
        wording: around.wording.max(1),
        priority: incident.priority,
        category: incident.category,
        incident_number: one_line(&incident.number, 40),
        dispatch: parcel.dispatch.id.to_string(),
        agency: parcel.dispatch.agency.clone(),
        place: place_words(&incident.place),
        point: incident.place.point().map(|(lat, lon)| format!("{lat:.5},{lon:.5}")),
        words: words.map(|words| one_line(words, WORDS_CHARS)).filter(|words| !words.is_empty()),
        centre_name: one_line(&around.centre_name, 60),
        agency_name: one_line(&around.agency_name, 60),
        delivery: around.delivery,
        link: around.link,
        reply_code: around.reply_code.filter(|_| !ends),
        buttons: if ends { Vec::new() } else { around.buttons },
        headline,
        html: String::new(),
        parcel: Some(parcel),
    };
    message.html = card::html_card(&message);
    message
}

/// What a heartbeat tells: that this way works, and nothing else.
pub fn heartbeat(id: &str, centre_name: &str) -> Message {
    let mut message = Message {
        delivery: id.to_owned(),
        dispatch: id.to_owned(),
        notice: Notice::Information,
        wording: 1,
        priority: Priority::P4,
        category: Category::Information,
        incident_number: "UJI".to_owned(),
        centre_name: one_line(centre_name, 60),
        agency: String::new(),
        agency_name: "kontak uji".to_owned(),
        headline: "UJI KANAL, BUKAN KEJADIAN".to_owned(),
        place: "tidak ada".to_owned(),
        point: None,
        words: None,
        act: "Pesan uji berkala; tidak perlu dijawab.".to_owned(),
        link: None,
        reply_code: None,
        buttons: Vec::new(),
        subject: "[112] Uji kanal, bukan kejadian".to_owned(),
        html: String::new(),
        parcel: None,
    };
    message.html = card::html_card(&message);
    message
}

fn prefix(around: &Surroundings) -> String {
    match around.notice {
        Notice::Order => String::new(),
        Notice::Correction => format!("RALAT KE-{} ", around.wording.saturating_sub(1).max(1)),
        Notice::Withdrawal => "DIBATALKAN ".to_owned(),
        Notice::Information => "INFORMASI ".to_owned(),
    }
}

/// How a priority is said: `P1 KRITIS`.
pub const fn priority_words(priority: Priority) -> &'static str {
    match priority {
        Priority::P1 => "P1 KRITIS",
        Priority::P2 => "P2 MENDESAK",
        Priority::P3 => "P3 SEDANG",
        Priority::P4 => "P4 RENDAH",
    }
}

fn act_words(around: &Surroundings, role: DispatchRole) -> String {
    let as_what = match role {
        DispatchRole::Lead => "penanggung jawab utama",
        DispatchRole::Support => "pendukung",
    };
    match around.notice {
        Notice::Withdrawal => "Penugasan dibatalkan. Jangan berangkat; tim di jalan kembali.".to_owned(),
        Notice::Information => "Hanya untuk diketahui; tidak perlu dijawab.".to_owned(),
        Notice::Order | Notice::Correction => match &around.reply_code {
            Some(code) => {
                format!("Anda {as_what}. Balas TERIMA {code}, atau TOLAK {code} dan alasannya.")
            }
            None => format!("Anda {as_what}. Segera nyatakan terima atau tolak."),
        },
    }
}

/// A place in one line: name, village, district, regency, without saying anything twice.
fn place_words(place: &Place) -> String {
    let named = |before: &str, name: &Option<String>| name.as_ref().map(|name| format!("{before}{name}"));
    let parts = [
        place.label.clone(),
        named("Kel/Desa ", &place.village),
        named("Kec. ", &place.district),
        place.regency.clone(),
    ];
    let told = parts.into_iter().flatten().filter(|part| !part.trim().is_empty()).collect::<Vec<_>>();
    let line = one_line(&told.join(", "), PLACE_CHARS);
    if line.is_empty() { "lokasi belum pasti".to_owned() } else { line }
}

impl Message {
    /// The message in lines, for chats: at most `most` characters, without the caller's own words, as they
    /// pass through other hands there. Code and link are never cut.
    pub fn plain(&self, most: usize) -> String {
        let point = self.point.as_ref().map(|point| format!("Titik: {point}\n")).unwrap_or_default();
        let link = self.link.as_ref().map(|link| format!("{link}\n")).unwrap_or_default();
        let head = format!("{}\nLokasi: {}", self.headline, self.place);
        let end = format!(
            "\n{point}No. {} untuk {}\n{}\n{link}- {}",
            self.incident_number, self.agency_name, self.act, self.centre_name
        );
        format!("{}{end}", shortened(&head, most.saturating_sub(end.chars().count())))
    }

    /// The message as text messages: at most [`MOST_SEGMENTS`] of them, in the alphabet of telephones.
    /// Code and link are never cut; a link that would fill them all is left out.
    pub fn sms(&self) -> String {
        let point = self.point.as_ref().map(|point| format!(" ({point})")).unwrap_or_default();
        let mut end = gsm(&format!("{point}. {}. {}", self.incident_number, self.act));
        let link = self.link.as_deref().map(gsm);
        if let Some(link) = link.filter(|link| septets(&end) + septets(link) + 120 <= SMS_SEPTETS) {
            end.push(' ');
            end.push_str(&link);
        }
        let end = shortened_gsm(&end, SMS_SEPTETS - 80);
        let head = gsm(&format!("112 {}: {}", self.headline, self.place));
        format!("{}{end}", shortened_gsm(&head, SMS_SEPTETS - septets(&end)))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::trial::{message, parcel, surroundings};
    use super::*;

    #[test]
    fn an_order_in_every_form() {
        let order = message(Notice::Order);
        assert_eq!(
            order.plain(4096),
            "P1 KRITIS Kebakaran bangunan\n\
             Lokasi: Jl Dhoho gg 3 <b>dpn</b> Alfamart, Kel/Desa Setono Gedong, Kec. Kota, Kota Kediri\n\
             Titik: -7.81610,112.01190\n\
             No. KDR-261122-0042 untuk Damkar Kota Kediri\n\
             Anda penanggung jawab utama. Balas TERIMA 4821, atau TOLAK 4821 dan alasannya.\n\
             https://112.example/a/abcDEF123-_\n\
             - Call Center 112 Kediri"
        );
        assert_eq!(order.subject, "[112] P1 KRITIS Kebakaran bangunan - KDR-261122-0042");
        let sms = order.sms();
        assert!(
            sms.starts_with("112 P1 KRITIS Kebakaran bangunan: Jl Dhoho gg 3") && sms.contains("TERIMA 4821")
        );
        assert!(sms.ends_with(" https://112.example/a/abcDEF123-_"), "{sms}");
        assert!(order.html.contains("&lt;b&gt;dpn&lt;/b&gt;") && !order.html.contains("<b>"));
    }

    #[test]
    fn corrections_and_withdrawals_say_so_first() {
        assert!(message(Notice::Correction).headline.starts_with("RALAT KE-1 P1 KRITIS"));
        let called_off = message(Notice::Withdrawal);
        assert!(called_off.headline.starts_with("DIBATALKAN P1 KRITIS"));
        assert!(called_off.buttons.is_empty() && called_off.reply_code.is_none());
        assert!(!called_off.plain(4096).contains("TERIMA"));
    }

    #[test]
    fn callers_words_are_not_told_of_sensitive_types() {
        let spoken = || {
            let mut parcel = parcel();
            let words = "api besar\r\n<script>alert(1)</script>";
            parcel.reports = vec![super::super::trial::report(words)];
            parcel
        };
        let told = compose(spoken(), surroundings(Notice::Order));
        assert_eq!(told.words.as_deref(), Some("api besar <script>alert(1)</script>"));
        assert!(told.html.contains("&lt;script&gt;") && !told.html.contains("<script"));
        assert!(!told.plain(4096).contains("api besar") && !told.sms().contains("api besar"));
        let around = Surroundings { sensitive: true, ..surroundings(Notice::Order) };
        let kept = compose(spoken(), around);
        assert_eq!(kept.words, None);
        assert!(!kept.html.contains("api besar"));
    }

    proptest! {
        #[test]
        fn whatever_callers_write_fits_and_hides_nothing(
            label in "\\PC{0,400}", village in "[\\r\\n\\t a-z<>&\"']{0,80}", link in "[a-zA-Z0-9]{0,300}", code in "[0-9]{4}",
        ) {
            let mut parcel = parcel();
            parcel.incident.place.label = Some(label);
            parcel.incident.place.village = Some(village);
            let link = format!("https://112.example/{link}");
            let around = Surroundings { link: Some(link.clone()), reply_code: Some(code.clone()), ..surroundings(Notice::Order) };
            let told = compose(parcel, around);
            let sms = told.sms();
            prop_assert!(septets(&sms) <= MOST_SEGMENTS * PART_SEPTETS, "{}", septets(&sms));
            prop_assert_eq!(gsm(&sms), sms.clone());
            let answer = format!("TERIMA {code}");
            prop_assert!(sms.contains(&answer) && sms.contains("KDR-261122-0042"));
            for most in [900, 4096] {
                let plain = told.plain(most);
                prop_assert!(plain.chars().count() <= most && plain.contains(&link) && plain.contains(&code));
                prop_assert_eq!(plain.lines().count(), 7);
            }
            prop_assert!(!told.subject.contains(['\r', '\n']));
            prop_assert!(!told.html.contains("\"'") && !told.place.contains('\n'));
        }
    }
}
