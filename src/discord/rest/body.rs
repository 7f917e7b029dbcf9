//! The bodies of requests, and the id in the response to a message.

use serde::Deserialize;

use crate::ids::MessageId;

/// A body with its type.
pub(super) struct Body {
    /// `application/json`, or a form.
    pub(super) content_type: String,
    /// The bytes.
    pub(super) bytes: Vec<u8>,
}

impl Body {
    /// A message with one PNG file: the JSON and the file as parts of a form.
    pub(super) fn with_picture(message: &[u8], png: &[u8]) -> Body {
        // As random as a file that could contain it by chance would have to be.
        let boundary = format!("faqbot-{:016x}{:016x}", fastrand::u64(..), fastrand::u64(..));
        let part =
            |headers: &str| format!("--{boundary}\r\nContent-Disposition: form-data; {headers}\r\n\r\n");
        let mut bytes = part("name=\"payload_json\"\r\nContent-Type: application/json").into_bytes();
        bytes.extend_from_slice(message);
        bytes.extend_from_slice(b"\r\n");
        let file = format!("name=\"files[0]\"; filename=\"{PICTURE}\"\r\nContent-Type: image/png");
        bytes.extend_from_slice(part(&file).as_bytes());
        bytes.extend_from_slice(png);
        bytes.extend_from_slice(format!("\r\n--{boundary}--\r\n").as_bytes());
        Body { content_type: format!("multipart/form-data; boundary={boundary}"), bytes }
    }

    /// A body of JSON.
    pub(super) fn json(bytes: Vec<u8>) -> Body {
        Body { content_type: "application/json".into(), bytes }
    }
}

/// The name of the picture in a message.
pub(super) const PICTURE: &str = "week.png";

/// A value as the body of a request.
pub(super) fn body(value: &impl serde::Serialize) -> Body {
    Body::json(json(value))
}

/// A value as JSON.
pub(super) fn json(value: &impl serde::Serialize) -> Vec<u8> {
    serde_json::to_vec(value).expect("our own bodies are plain data")
}

/// The id of a message that Discord returned, unless only one person sees it.
pub(super) fn message_id(body: &[u8]) -> Option<MessageId> {
    const EPHEMERAL: u64 = 64;
    #[derive(Deserialize)]
    struct Sent {
        id: serenity::all::MessageId,
        #[serde(default)]
        flags: u64,
    }
    let sent: Sent = serde_json::from_slice(body).ok()?;
    (sent.flags & EPHEMERAL == 0).then(|| MessageId::new(sent.id.get()))
}
