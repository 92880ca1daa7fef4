//! A mail server that speaks as much SMTP as it takes to be handed a message.

use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;

use super::moods::Mood;

/// Takes messages on one connection; what came, unless the mood is against it.
pub async fn serve(stream: TcpStream, mood: Mood) -> std::io::Result<Option<String>> {
    let mut stream = BufReader::new(stream);
    stream.write_all(b"220 surat.example\r\n").await?;
    if mood == Mood::Drops {
        return Ok(None);
    }
    let (mut line, mut message, mut taken) = (String::new(), String::new(), None);
    loop {
        line.clear();
        if stream.read_line(&mut line).await? == 0 {
            return Ok(taken);
        }
        let verb = line.get(..4).unwrap_or_default().to_uppercase();
        let answer = match verb.as_str() {
            "DATA" => {
                stream.write_all(b"354 go\r\n").await?;
                loop {
                    line.clear();
                    if stream.read_line(&mut line).await? == 0 {
                        return Ok(None);
                    }
                    if line.trim_end() == "." {
                        break;
                    }
                    message.push_str(&line);
                }
                match mood {
                    Mood::Broken => "451 later\r\n",
                    Mood::Busy => "421 too many\r\n",
                    Mood::TakesSilently => return Ok(Some(message)),
                    _ => {
                        taken = Some(message.clone());
                        "250 taken\r\n"
                    }
                }
            }
            "QUIT" => {
                stream.write_all(b"221 bye\r\n").await?;
                return Ok(taken);
            }
            "EHLO" => "250-surat.example\r\n250 8BITMIME\r\n",
            _ => "250 ok\r\n",
        };
        stream.write_all(answer.as_bytes()).await?;
    }
}

/// A message's text with quoted-printable undone: links are broken over lines there.
pub fn unquoted(message: &str) -> String {
    let joined = message.replace("=\r\n", "").replace("=\n", "");
    joined.replace("=3D", "=").replace("=2F", "/")
}
