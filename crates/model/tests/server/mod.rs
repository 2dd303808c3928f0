//! An HTTP server of a few lines that serves one file and misbehaves as it is told.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// How it answers.
#[derive(Debug, Clone, Copy)]
pub enum Behaviour {
    Whole,
    /// Closes the connection after so many bytes of a body.
    CutAfter(usize),
    /// Sends so many bytes of the first body and then nothing more; later requests are served whole.
    StallAfter(usize),
    /// Does not know what a range is.
    NoRanges,
    Status(&'static str),
}

pub struct Server {
    address: std::net::SocketAddr,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Server {
    pub async fn start(content: &[u8], behaviour: Behaviour) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let (content, seen): (Arc<[u8]>, _) = (content.into(), Arc::clone(&requests));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(answer(
                    stream,
                    Arc::clone(&content),
                    behaviour,
                    Arc::clone(&seen),
                ));
            }
        });
        Self { address, requests }
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Path and range of every request so far.
    pub fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }
}

/// An address at which nobody listens.
pub async fn nobody() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    format!("http://{}", listener.local_addr().unwrap())
}

async fn answer(
    mut stream: TcpStream,
    content: Arc<[u8]>,
    behaviour: Behaviour,
    requests: Arc<Mutex<Vec<String>>>,
) {
    let Some((path, range)) = read_request(&mut stream).await else {
        return;
    };
    let number = {
        let mut requests = requests.lock().unwrap();
        requests.push(
            [path, range.clone().unwrap_or_default()]
                .join(" ")
                .trim()
                .to_owned(),
        );
        requests.len()
    };
    let start = range
        .filter(|_| !matches!(behaviour, Behaviour::NoRanges))
        .and_then(|range| {
            range
                .strip_prefix("bytes=")?
                .strip_suffix('-')?
                .parse::<usize>()
                .ok()
        });
    let body = &content[start.unwrap_or(0).min(content.len())..];
    let status = match (behaviour, start) {
        (Behaviour::Status(status), _) => status.to_owned(),
        (_, None) => "200 OK".to_owned(),
        (_, Some(start)) => format!(
            "206 Partial Content\r\nContent-Range: bytes {start}-{}/{}",
            content.len() - 1,
            content.len()
        ),
    };
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    let _ = stream.write_all(head.as_bytes()).await;
    match behaviour {
        Behaviour::CutAfter(length) => {
            let _ = stream.write_all(&body[..length.min(body.len())]).await;
        }
        Behaviour::StallAfter(length) if number == 1 => {
            let _ = stream.write_all(&body[..length]).await;
            std::future::pending::<()>().await;
        }
        _ => {
            let _ = stream.write_all(body).await;
        }
    }
    let _ = stream.shutdown().await;
}

/// Path and range of a request.
async fn read_request(stream: &mut TcpStream) -> Option<(String, Option<String>)> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.ok()?);
    }
    let head = String::from_utf8(head).ok()?;
    let path = head.split_whitespace().nth(1)?.to_owned();
    let range = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("range")
            .then(|| value.trim().to_owned())
    });
    Some((path, range))
}
