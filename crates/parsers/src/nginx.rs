//! Settings of nginx: directives that end in `;`, blocks in braces, each in a place where it may
//! stand.

use crate::{Fact, Flaw};

/// Where a block may stand.
const BLOCKS: &[(&str, &[&str])] = &[
    ("events", &[""]),
    ("http", &[""]),
    ("stream", &[""]),
    ("mail", &[""]),
    // A file of a site is included into http, so its own top is that.
    ("server", &["", "http", "stream", "upstream", "mail"]),
    ("upstream", &["", "http", "stream"]),
    ("map", &["", "http", "stream"]),
    ("geo", &["", "http", "stream"]),
    ("split_clients", &["", "http"]),
    ("types", &["", "http", "server", "location"]),
    ("location", &["server", "location"]),
    ("if", &["server", "location"]),
    ("limit_except", &["location"]),
];

const DIRECTIVES: &[&str] = &[
    "absolute_redirect",
    "access_log",
    "add_header",
    "aio",
    "alias",
    "allow",
    "auth_basic",
    "auth_basic_user_file",
    "auth_request",
    "auth_request_set",
    "autoindex",
    "break",
    "charset",
    "client_body_buffer_size",
    "client_body_timeout",
    "client_header_buffer_size",
    "client_header_timeout",
    "client_max_body_size",
    "daemon",
    "default_type",
    "deny",
    "directio",
    "env",
    "error_log",
    "error_page",
    "etag",
    "expires",
    "fastcgi_buffer_size",
    "fastcgi_buffers",
    "fastcgi_cache",
    "fastcgi_index",
    "fastcgi_param",
    "fastcgi_pass",
    "fastcgi_read_timeout",
    "fastcgi_split_path_info",
    "grpc_pass",
    "gunzip",
    "gzip",
    "gzip_buffers",
    "gzip_comp_level",
    "gzip_disable",
    "gzip_http_version",
    "gzip_min_length",
    "gzip_proxied",
    "gzip_static",
    "gzip_types",
    "gzip_vary",
    "hash",
    "http2",
    "http3",
    "if_modified_since",
    "include",
    "index",
    "internal",
    "ip_hash",
    "keepalive",
    "keepalive_requests",
    "keepalive_timeout",
    "large_client_header_buffers",
    "least_conn",
    "limit_conn",
    "limit_conn_status",
    "limit_conn_zone",
    "limit_rate",
    "limit_rate_after",
    "limit_req",
    "limit_req_status",
    "limit_req_zone",
    "listen",
    "load_module",
    "log_format",
    "log_not_found",
    "map_hash_bucket_size",
    "merge_slashes",
    "multi_accept",
    "open_file_cache",
    "open_file_cache_errors",
    "open_file_cache_min_uses",
    "open_file_cache_valid",
    "pcre_jit",
    "pid",
    "proxy_buffer_size",
    "proxy_buffering",
    "proxy_buffers",
    "proxy_busy_buffers_size",
    "proxy_cache",
    "proxy_cache_background_update",
    "proxy_cache_bypass",
    "proxy_cache_key",
    "proxy_cache_lock",
    "proxy_cache_methods",
    "proxy_cache_min_uses",
    "proxy_cache_path",
    "proxy_cache_revalidate",
    "proxy_cache_use_stale",
    "proxy_cache_valid",
    "proxy_connect_timeout",
    "proxy_cookie_path",
    "proxy_hide_header",
    "proxy_http_version",
    "proxy_ignore_headers",
    "proxy_intercept_errors",
    "proxy_next_upstream",
    "proxy_no_cache",
    "proxy_pass",
    "proxy_pass_header",
    "proxy_pass_request_headers",
    "proxy_read_timeout",
    "proxy_redirect",
    "proxy_request_buffering",
    "proxy_send_timeout",
    "proxy_set_body",
    "proxy_set_header",
    "proxy_ssl_name",
    "proxy_ssl_server_name",
    "proxy_ssl_verify",
    "proxy_temp_path",
    "random",
    "real_ip_header",
    "real_ip_recursive",
    "resolver",
    "resolver_timeout",
    "return",
    "rewrite",
    "rewrite_log",
    "root",
    "satisfy",
    "scgi_pass",
    "send_timeout",
    "sendfile",
    "server",
    "server_name",
    "server_name_in_redirect",
    "server_names_hash_bucket_size",
    "server_tokens",
    "set",
    "set_real_ip_from",
    "ssi",
    "ssl",
    "ssl_certificate",
    "ssl_certificate_key",
    "ssl_ciphers",
    "ssl_client_certificate",
    "ssl_dhparam",
    "ssl_ecdh_curve",
    "ssl_early_data",
    "ssl_prefer_server_ciphers",
    "ssl_protocols",
    "ssl_session_cache",
    "ssl_session_tickets",
    "ssl_session_timeout",
    "ssl_stapling",
    "ssl_stapling_verify",
    "ssl_trusted_certificate",
    "ssl_verify_client",
    "sub_filter",
    "sub_filter_once",
    "tcp_nodelay",
    "tcp_nopush",
    "thread_pool",
    "try_files",
    "types_hash_max_size",
    "underscores_in_headers",
    "use",
    "user",
    "uwsgi_param",
    "uwsgi_pass",
    "valid_referers",
    "variables_hash_max_size",
    "worker_connections",
    "worker_processes",
    "worker_rlimit_nofile",
    "zone",
    "mirror",
    "stub_status",
    "secure_link",
    "ssl_buffer_size",
    "reset_timedout_connection",
    "post_action",
    "max_ranges",
    "min_delete_depth",
    "dav_methods",
    "create_full_put_path",
    "mp4",
    "flv",
    "image_filter",
    "js_import",
    "js_content",
    "quic_retry",
    "ssl_conf_command",
    "ssl_reject_handshake",
    "proxy_socket_keepalive",
    "proxy_bind",
    "proxy_method",
    "proxy_max_temp_file_size",
    "proxy_temp_file_write_size",
    "uwsgi_read_timeout",
];

/// A word with the line that it stands in.
type Word = (usize, String);

/// A file of settings: what it listens on, its names and locations.
///
/// # Errors
/// The first directive that is none, stands where it may not, or is given what it cannot take.
pub fn check(text: &str) -> Result<Vec<Fact>, Flaw> {
    let words = words(text)?;
    let mut inside: Vec<(String, usize)> = Vec::new();
    let mut statement: Vec<Word> = Vec::new();
    let mut facts: [Vec<String>; 3] = Default::default();
    for (line, word) in words {
        match word.as_str() {
            ";" => {
                directive(&statement, line, &inside, &mut facts)?;
                statement.clear();
            }
            "{" => {
                let name = block(&statement, line, &inside)?;
                if name == "location" {
                    let path = statement.last().map(|(_, path)| path.clone());
                    facts[2].extend(path);
                }
                inside.push((name, line));
                statement.clear();
            }
            "}" => {
                if let Some((line, word)) = statement.first() {
                    return Err(Flaw::at(*line, format!("{word} does not end in ;")));
                }
                if inside.pop().is_none() {
                    return Err(Flaw::at(line, "this brace closes nothing"));
                }
            }
            _ => statement.push((line, word)),
        }
    }
    if let Some((name, line)) = inside.pop() {
        return Err(Flaw::at(line, format!("{name} is not closed")));
    }
    if let Some((line, word)) = statement.first() {
        return Err(Flaw::at(*line, format!("{word} does not end in ;")));
    }
    let [listens, names, locations] = &facts;
    Ok([
        Fact::names("listens", listens.iter().map(String::as_str)),
        Fact::names("names", names.iter().map(String::as_str)),
        Fact::names("locations", locations.iter().map(String::as_str)),
    ]
    .into_iter()
    .flatten()
    .collect())
}

fn words(text: &str) -> Result<Vec<Word>, Flaw> {
    let mut words: Vec<Word> = Vec::new();
    let mut word = String::new();
    let mut line = 1;
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '#' if word.is_empty() => while letters.next_if(|next| *next != '\n').is_some() {},
            '"' | '\'' if word.is_empty() => {
                let start = line;
                word.push(letter);
                loop {
                    match letters.next() {
                        Some('\\') => word.extend(letters.next()),
                        Some(inner) if inner == letter => break,
                        Some(inner) => {
                            line += usize::from(inner == '\n');
                            word.push(inner);
                        }
                        None => return Err(Flaw::at(start, "a quotation is not closed")),
                    }
                }
                words.push((line, std::mem::take(&mut word)));
            }
            '\\' => {
                word.push(letter);
                word.extend(letters.next());
            }
            // ${name} is a variable, and (a|b){2} an expression.
            '{' if !word.is_empty() => {
                word.push(letter);
                while let Some(inner) = letters.next_if(|next| !"\n;".contains(*next)) {
                    word.push(inner);
                    if inner == '}' {
                        break;
                    }
                }
            }
            ';' | '{' | '}' => {
                if !word.is_empty() {
                    words.push((line, std::mem::take(&mut word)));
                }
                words.push((line, letter.to_string()));
            }
            letter if letter.is_whitespace() => {
                if !word.is_empty() {
                    words.push((line, std::mem::take(&mut word)));
                }
                line += usize::from(letter == '\n');
            }
            letter => word.push(letter),
        }
    }
    if !word.is_empty() {
        words.push((line, word));
    }
    Ok(words)
}

fn block(statement: &[Word], line: usize, inside: &[(String, usize)]) -> Result<String, Flaw> {
    let Some((line, name)) = statement.first() else {
        return Err(Flaw::at(line, "a block has no name"));
    };
    let outer = inside.last().map_or("", |(name, _)| name.as_str());
    let Some((_, places)) = BLOCKS.iter().find(|(known, _)| known == name) else {
        return Err(Flaw::at(*line, format!("{name} is no block")));
    };
    if !places.contains(&outer) {
        let outer = if outer.is_empty() { "the top" } else { outer };
        return Err(Flaw::at(*line, format!("{name} may not stand in {outer}")));
    }
    let given = statement.len() - 1;
    let fits = match name.as_str() {
        "location" => (1..=2).contains(&given),
        "upstream" => given == 1,
        "map" => given == 2,
        "if" => given >= 1,
        "server" | "events" | "http" => given == 0,
        _ => true,
    };
    match fits {
        true => Ok(name.clone()),
        false => Err(Flaw::at(*line, format!("{name} is given {given} words"))),
    }
}

fn directive(
    statement: &[Word],
    line: usize,
    inside: &[(String, usize)],
    facts: &mut [Vec<String>; 3],
) -> Result<(), Flaw> {
    let Some(((line, name), given)) = statement.split_first() else {
        return Err(Flaw::at(line, "a ; stands alone"));
    };
    let outer = inside.last().map_or("", |(name, _)| name.as_str());
    // In these the names are the person's own.
    if matches!(outer, "map" | "types" | "geo" | "split_clients") {
        return Ok(());
    }
    if !DIRECTIVES.contains(&name.as_str()) {
        return Err(Flaw::at(*line, format!("{name} is no directive")));
    }
    // A directive that begins a new line within another: the semicolon before it is missing.
    if given
        .iter()
        .any(|(at, word)| at > line && DIRECTIVES.contains(&word.as_str()))
    {
        return Err(Flaw::at(*line, format!("{name} does not end in ;")));
    }
    let first = given.first().map(|(_, word)| word.as_str());
    match (name.as_str(), first) {
        ("internal" | "ip_hash" | "least_conn" | "break" | "stub_status", _) => {}
        (_, None) => return Err(Flaw::at(*line, format!("{name} is given nothing"))),
        ("listen", Some(port)) => {
            listens(port, outer).map_err(|message| Flaw::at(*line, message))?;
            facts[0].push(port.to_owned());
        }
        ("server_name", Some(_)) => {
            facts[1].extend(given.iter().map(|(_, name)| name.clone()));
        }
        ("proxy_pass", Some(target)) => {
            let is_address = ["http://", "https://", "$", "unix:"]
                .iter()
                .any(|start| target.starts_with(start))
                || inside.iter().any(|(name, _)| name == "stream");
            if !is_address {
                return Err(Flaw::at(
                    *line,
                    format!("{target} has no http:// before it"),
                ));
            }
        }
        ("return", Some(code)) => {
            let is_code = code
                .parse::<u16>()
                .is_ok_and(|code| (100..600).contains(&code));
            if !is_code && !code.starts_with("http") && !code.starts_with('$') {
                return Err(Flaw::at(*line, format!("{code} is no status")));
            }
        }
        _ => {}
    }
    Ok(())
}

/// What a server may listen on: a port, an address, a socket.
fn listens(port: &str, outer: &str) -> Result<(), String> {
    if outer != "server" {
        return Err("listen stands outside of a server".to_owned());
    }
    let number = port.rsplit(':').next().unwrap_or_default();
    let is_port = number.parse::<u16>().is_ok_and(|number| number > 0);
    let is_address = port.starts_with("unix:")
        || port.parse::<std::net::IpAddr>().is_ok()
        || port.ends_with(']')
        || port == "localhost";
    match is_port || is_address {
        true => Ok(()),
        false => Err(format!("{port} is no port")),
    }
}
