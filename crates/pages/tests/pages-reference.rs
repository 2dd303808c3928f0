//! References over the loopback: what is read of a page, and what becomes of pages that misbehave.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot set its scene up has failed"
)]

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, Rgb as Pixel, RgbImage};
use pages::colour::Rgb;
use pages::reference::{Guard, Look, ReferenceError, read};
use pages::theme::{Corners, Density};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

/// Serves one site until the test ends; gives its address.
async fn serve() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            tokio::spawn(async move {
                let mut request = [0; 2048];
                let read = stream.read(&mut request).await.unwrap_or(0);
                let request = String::from_utf8_lossy(&request[..read]).into_owned();
                let path = request.split(' ').nth(1).unwrap_or("/").to_owned();
                let _ = stream.write_all(&answer(&path)).await;
            });
        }
    });
    address
}

fn answer(path: &str) -> Vec<u8> {
    let html = |body: &str| page("text/html", body.as_bytes());
    match path {
        "/" => html("<html><head><link rel=stylesheet href=/style.css><style>body{background:#101018} a{color:#e0457b}</style></head><body>Secret words</body></html>"),
        "/style.css" => page("text/css", b"h1{font-family:Georgia, serif;color:#e0457b} .b{border-radius:16px;padding:160px;background:#e0457b}"),
        "/loop" => b"HTTP/1.1 302 Found\r\nLocation: /loop\r\nContent-Length: 0\r\n\r\n".to_vec(),
        "/inside" => b"HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n\r\n".to_vec(),
        "/further" => b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/\r\nContent-Length: 0\r\n\r\n".to_vec(),
        "/huge" => page("text/html", &vec![b'a'; 2_000_000]),
        "/pdf" => page("application/pdf", b"%PDF"),
        "/picture" => page("image/png", &picture()),
        _ => b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n".to_vec(),
    }
}

fn page(kind: &str, body: &[u8]) -> Vec<u8> {
    let mut all = format!("HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len()).into_bytes();
    all.extend_from_slice(body);
    all
}

/// Mostly white, a quarter of it teal.
fn picture() -> Vec<u8> {
    let image = RgbImage::from_fn(40, 40, |x, y| {
        if x < 20 && y < 20 {
            Pixel([20, 130, 140])
        } else {
            Pixel([255, 255, 255])
        }
    });
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(image)
        .write_to(&mut bytes, ImageFormat::Png)
        .unwrap();
    bytes.into_inner()
}

async fn look(address: &str) -> Result<Look, ReferenceError> {
    read(address, Guard::Everything, &CancellationToken::new()).await
}

#[tokio::test]
async fn the_look_of_a_page_is_read_and_nothing_else() {
    let site = serve().await;
    let look = look(&format!("{site}/")).await.unwrap();
    assert_eq!(look.colours.first(), Rgb::parse("#e0457b").as_ref());
    assert_eq!((look.serif, look.is_dark), (Some(true), true));
    assert_eq!(
        (look.corners, look.density),
        (Some(Corners::Round), Some(Density::Airy))
    );
}

#[tokio::test]
async fn the_colour_of_a_picture_is_read() {
    let site = serve().await;
    let look = look(&format!("{site}/picture")).await.unwrap();
    let found = look.colours[0].oklch();
    let teal = Rgb(20, 130, 140).oklch();
    assert!((found.h - teal.h).abs() < 12.0, "{found:?}");
    assert!(!look.is_dark);
}

#[tokio::test]
async fn what_misbehaves_is_left_alone() {
    let site = serve().await;
    let check = async |path: &str, is_expected: fn(&ReferenceError) -> bool| {
        let error = look(&format!("{site}{path}")).await.unwrap_err();
        assert!(is_expected(&error), "{path}: {error}");
    };
    check("/loop", |error| {
        matches!(error, ReferenceError::Redirects(_))
    })
    .await;
    check("/inside", |error| {
        matches!(error, ReferenceError::Address(_))
    })
    .await;
    check("/huge", |error| {
        matches!(error, ReferenceError::TooLarge(_))
    })
    .await;
    check("/pdf", |error| {
        matches!(error, ReferenceError::NoPage { .. })
    })
    .await;
    check("/gone", |error| {
        matches!(error, ReferenceError::Unreachable { .. })
    })
    .await;
}

#[tokio::test]
async fn the_network_inside_is_not_looked_at() {
    let site = serve().await;
    let error = read(&site, Guard::Public, &CancellationToken::new())
        .await
        .unwrap_err();
    assert!(matches!(error, ReferenceError::Inside(_)), "{error}");
    // A site that may be read and sends its reader inside.
    let place = site.trim_start_matches("http://").parse().unwrap();
    let further = format!("{site}/further");
    let error = read(&further, Guard::Only(place), &CancellationToken::new())
        .await
        .unwrap_err();
    assert!(
        matches!(&error, ReferenceError::Inside(to) if to.contains(":9")),
        "{error}"
    );
}
