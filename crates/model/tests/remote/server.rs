//! A service of a few lines on the loopback interface: it answers what it was told to answer, one
//! reply for each request, and remembers what it was asked.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// What comes after the last piece of a reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum After {
    /// The end, as it should be.
    End,
    /// The connection is closed in the middle.
    Cut,
    /// Nothing, for ever.
    Silence,
    /// The last piece again and again.
    Flood,
}

/// One reply. Every piece is sent as a chunk of its own, so that it is also read as one.
#[derive(Debug, Clone)]
pub struct Reply {
    pub status: &'static str,
    pub headers: Vec<(&'static str, String)>,
    pub pieces: Vec<Vec<u8>>,
    pub after: After,
    /// Wait before the head.
    pub delay: Duration,
}

impl Reply {
    pub fn new(status: &'static str, kind: &str, body: impl Into<Vec<u8>>) -> Self {
        Self {
            status,
            headers: vec![("Content-Type", kind.to_owned())],
            pieces: vec![body.into()],
            after: After::End,
            delay: Duration::ZERO,
        }
    }

    pub fn json(status: &'static str, body: &str) -> Self {
        Self::new(status, "application/json", body)
    }

    pub fn events(body: impl Into<Vec<u8>>) -> Self {
        Self::new("200 OK", "text/event-stream", body)
    }

    pub fn header(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    pub fn after(self, after: After) -> Self {
        Self { after, ..self }
    }

    pub fn delay(self, delay: Duration) -> Self {
        Self { delay, ..self }
    }

    /// The same bytes, cut after each of `places`.
    pub fn cut(mut self, places: impl Iterator<Item = usize>) -> Self {
        let whole = self.pieces.concat();
        let mut pieces = Vec::new();
        let mut start = 0;
        for place in places.filter(|&place| place < whole.len()) {
            pieces.push(whole[start..place].to_vec());
            start = place;
        }
        pieces.push(whole[start..].to_vec());
        pieces.retain(|piece| !piece.is_empty());
        self.pieces = pieces;
        self
    }
}

/// A request as it was received.
#[derive(Debug, Clone)]
pub struct Request {
    /// Method and target.
    pub line: String,
    /// The head in small letters but for its first line.
    pub head: String,
    pub body: Value,
}

pub struct Server {
    address: std::net::SocketAddr,
    requests: Arc<Mutex<Vec<Request>>>,
}

impl Server {
    /// Answers with `replies` in order; the last one is for all further requests too.
    pub async fn start(replies: Vec<Reply>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let requests = Arc::<Mutex<Vec<Request>>>::default();
        let seen = Arc::clone(&requests);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (replies, seen) = (replies.clone(), Arc::clone(&seen));
                tokio::spawn(async move { serve(stream, &replies, &seen).await });
            }
        });
        Self { address, requests }
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub fn requests(&self) -> Vec<Request> {
        self.requests.lock().unwrap().clone()
    }

    /// The body of one request.
    pub fn body(&self, number: usize) -> Value {
        self.requests()[number].body.clone()
    }
}

/// An address at which nobody listens.
pub async fn nobody() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    format!("http://{}", listener.local_addr().unwrap())
}

async fn serve(mut stream: TcpStream, replies: &[Reply], seen: &Mutex<Vec<Request>>) {
    let _ = stream.set_nodelay(true);
    while let Some(request) = read_request(&mut stream).await {
        let number = {
            let mut seen = seen.lock().unwrap();
            seen.push(request);
            seen.len() - 1
        };
        let reply = &replies[number.min(replies.len() - 1)];
        tokio::time::sleep(reply.delay).await;
        if send(&mut stream, reply).await.is_none() {
            return;
        }
    }
}

/// Sends a reply; nothing when the connection is of no use afterwards.
async fn send(stream: &mut TcpStream, reply: &Reply) -> Option<()> {
    let mut head = format!(
        "HTTP/1.1 {}\r\nTransfer-Encoding: chunked\r\n",
        reply.status
    );
    for (name, value) in &reply.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    stream
        .write_all(format!("{head}\r\n").as_bytes())
        .await
        .ok()?;
    let mut out = Vec::new();
    for piece in &reply.pieces {
        out.extend_from_slice(&chunk(piece));
    }
    stream.write_all(&out).await.ok()?;
    match reply.after {
        After::End => stream.write_all(b"0\r\n\r\n").await.ok(),
        After::Cut => None,
        After::Silence => {
            let mut byte = [0];
            // Ends when the other side hangs up.
            let _ = stream.read(&mut byte).await;
            None
        }
        After::Flood => {
            let piece = chunk(reply.pieces.last()?);
            while stream.write_all(&piece).await.is_ok() {}
            None
        }
    }
}

fn chunk(piece: &[u8]) -> Vec<u8> {
    let size = format!("{:x}\r\n", piece.len());
    [size.as_bytes(), piece, b"\r\n"].concat()
}

async fn read_request(stream: &mut TcpStream) -> Option<Request> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.ok()?);
    }
    let head = String::from_utf8(head).ok()?;
    let (line, rest) = head.split_once("\r\n")?;
    let rest = rest.to_lowercase();
    let length = rest
        .lines()
        .find_map(|line| line.strip_prefix("content-length: ")?.trim().parse().ok())
        .unwrap_or(0_usize);
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await.ok()?;
    Some(Request {
        line: line.trim_end_matches(" HTTP/1.1").to_owned(),
        head: rest,
        body: serde_json::from_slice(&body).unwrap_or(Value::Null),
    })
}
