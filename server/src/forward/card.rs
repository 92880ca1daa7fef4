//! The incident card that goes by mail: HTML that a mail reader shows and runs nothing of, and its text.
//!
//! Everything that came from people is escaped; there are no images, no scripts, no foreign addresses.

use std::fmt::Write as _;

use kentongan_domain::catalogue::Priority;

use super::message::Message;
use super::text::html;

/// Colour and sign of a priority, as the console has them.
const fn mark(priority: Priority) -> (&'static str, &'static str) {
    match priority {
        Priority::P1 => ("#ff3838", "▼"),
        Priority::P2 => ("#ffb302", "◆"),
        Priority::P3 => ("#fce83a", "■"),
        Priority::P4 => ("#2dccff", "◉"),
    }
}

/// The card as an HTML document.
pub fn html_card(message: &Message) -> String {
    let (colour, sign) = mark(message.priority);
    let mut rows = String::new();
    let mut row = |name: &str, words: &str| {
        // Writing into a string cannot fail.
        let _ = write!(
            rows,
            "<tr><th align=\"left\" valign=\"top\" style=\"padding:4px 12px 4px 0\">{name}</th><td \
             style=\"padding:4px 0\">{}</td></tr>",
            html(words)
        );
    };
    row("Nomor", &message.incident_number);
    row("Lokasi", &message.place);
    if let Some(point) = &message.point {
        row("Titik", point);
    }
    if let Some(words) = &message.words {
        row("Kata pelapor", words);
    }
    row("Untuk", &message.agency_name);
    row("Tindakan", &message.act);
    if let Some(code) = &message.reply_code {
        row("Kode", code);
    }
    let link = message.link.as_ref().map_or_else(String::new, |link| {
        format!("<p><a href=\"{}\">Buka penugasan untuk menerima atau menolak</a></p>", html(link))
    });
    format!(
        "<!doctype html><html lang=\"id\"><head><meta charset=\"utf-8\"><title>{title}</title></head>\
         <body style=\"font-family:sans-serif;color:#111;background:#fff\">\
         <h1 style=\"font-size:20px;border-left:12px solid {colour};padding-left:10px\">{sign} {title}</h1>\
         <table style=\"border-collapse:collapse;font-size:15px\">{rows}</table>{link}\
         <p style=\"color:#555\">{centre}</p></body></html>",
        title = html(&message.headline),
        centre = html(&message.centre_name),
    )
}
