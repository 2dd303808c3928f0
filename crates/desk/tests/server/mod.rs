//! A service of a few lines on the loopback interface, which speaks as OpenAI's does: it lists one
//! model and answers every question with the same text, piece by piece.

use std::sync::{Arc, Mutex};

use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

pub struct Server {
    address: std::net::SocketAddr,
    heads: Arc<Mutex<Vec<String>>>,
}

impl Server {
    pub async fn start(answer: &'static str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let heads = Arc::<Mutex<Vec<String>>>::default();
        let seen = Arc::clone(&heads);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, answer, Arc::clone(&seen)));
            }
        });
        Self { address, heads }
    }

    pub fn url(&self) -> String {
        format!("http://{}/v1", self.address)
    }

    /// The heads of all requests.
    pub fn heads(&self) -> Vec<String> {
        self.heads.lock().unwrap().clone()
    }
}

async fn serve(mut stream: TcpStream, answer: &str, seen: Arc<Mutex<Vec<String>>>) -> Option<()> {
    loop {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(stream.read_u8().await.ok()?);
        }
        let head = String::from_utf8(head).ok()?;
        let mut lines = head.lines();
        let length = lines.find_map(|line| {
            let (name, value) = line.split_once(": ")?;
            name.eq_ignore_ascii_case("content-length")
                .then(|| value.parse().ok())?
        });
        let mut body = vec![0; length.unwrap_or(0)];
        stream.read_exact(&mut body).await.ok()?;
        let reply = if head.starts_with("GET ") {
            reply(
                "application/json",
                &json!({"data": [{"id": "small"}]}).to_string(),
            )
        } else {
            reply("text/event-stream", &events(answer))
        };
        seen.lock().unwrap().push(head);
        stream.write_all(reply.as_bytes()).await.ok()?;
    }
}

fn reply(kind: &str, body: &str) -> String {
    let length = body.len();
    format!("HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n\r\n{body}")
}

/// The answer in a block, a word an event. The block is not closed, because that is where the
/// assistant tells a service to stop.
fn events(answer: &str) -> String {
    let block = format!("```sql\n{answer}");
    let words = block.split_inclusive(' ');
    let event = |delta: serde_json::Value, reason: Option<&str>| {
        let choice = json!({"index": 0, "delta": delta, "finish_reason": reason});
        format!("data: {}\n\n", json!({"choices": [choice]}))
    };
    let mut events: String = words
        .map(|word| event(json!({"content": word}), None))
        .collect();
    events.push_str(&event(json!({}), Some("stop")));
    let usage = json!({"prompt_tokens": 9, "completion_tokens": 4, "total_tokens": 13});
    events.push_str(&format!(
        "data: {}\n\n",
        json!({"choices": [], "usage": usage})
    ));
    events + "data: [DONE]\n\n"
}
