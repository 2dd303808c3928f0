//! A service on the loopback interface that speaks as OpenAI's does and writes a long answer, piece by
//! piece, as fast as a model on a good machine.

use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

use serde_json::json;

/// Words a second.
const PACE: u32 = 40;
/// Words of an answer: enough for as long as anybody measures.
const WORDS: usize = 4_000;

/// What is written again and again: prose, a list, code and both scripts.
const TEXT: &str = "The quarter closed with more orders than the one before. **Returns** fell, \
    and so did the cost of `shipping`.\n\n- paper and ink\n- 顧客 分布 在 三 個 城市\n- a figure of 1 234.50\n\n";

/// Serves until the program ends; where it is.
pub fn start() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            // A window that goes takes its connection along.
            thread::spawn(move || drop(serve(&stream)));
        }
    });
    address
}

/// One request a connection.
fn serve(mut stream: &TcpStream) -> io::Result<()> {
    let mut reader = BufReader::new(stream);
    let mut first = String::new();
    reader.read_line(&mut first)?;
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let Some((name, value)) = line.split_once(':') else {
            break;
        };
        if name.eq_ignore_ascii_case("content-length") {
            length = value.trim().parse().unwrap_or(0);
        }
    }
    io::copy(&mut reader.take(length), &mut io::sink())?;
    let head = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type:";
    if first.starts_with("GET ") {
        let models = json!({"data": [{"id": "small"}]});
        return write!(stream, "{head} application/json\r\n\r\n{models}");
    }
    write!(stream, "{head} text/event-stream\r\n\r\n")?;
    for word in TEXT.split_inclusive(' ').cycle().take(WORDS) {
        let choice = json!({"index": 0, "delta": {"content": word}, "finish_reason": null});
        write!(stream, "data: {}\n\n", json!({"choices": [choice]}))?;
        stream.flush()?;
        thread::sleep(Duration::from_secs(1) / PACE);
    }
    let end = json!({"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]});
    write!(stream, "data: {end}\n\ndata: [DONE]\n\n")
}
