//! Compose files: YAML with services, and every name in them one that is there.

use serde_json::{Map, Value};

use crate::settings::yaml_value;
use crate::{Fact, Flaw};

const TOP: &[&str] = &[
    "version", "name", "services", "volumes", "networks", "configs", "secrets", "include",
];

const SERVICE: &[&str] = &[
    "annotations",
    "attach",
    "blkio_config",
    "build",
    "cap_add",
    "cap_drop",
    "cgroup",
    "cgroup_parent",
    "command",
    "configs",
    "container_name",
    "cpu_count",
    "cpu_percent",
    "cpu_shares",
    "cpus",
    "cpuset",
    "depends_on",
    "deploy",
    "develop",
    "device_cgroup_rules",
    "devices",
    "dns",
    "dns_opt",
    "dns_search",
    "domainname",
    "entrypoint",
    "env_file",
    "environment",
    "expose",
    "extends",
    "external_links",
    "extra_hosts",
    "group_add",
    "healthcheck",
    "hostname",
    "image",
    "init",
    "ipc",
    "isolation",
    "labels",
    "links",
    "logging",
    "mac_address",
    "mem_limit",
    "mem_reservation",
    "mem_swappiness",
    "memswap_limit",
    "network_mode",
    "networks",
    "oom_kill_disable",
    "oom_score_adj",
    "pid",
    "pids_limit",
    "platform",
    "ports",
    "privileged",
    "profiles",
    "pull_policy",
    "read_only",
    "restart",
    "runtime",
    "scale",
    "secrets",
    "security_opt",
    "shm_size",
    "stdin_open",
    "stop_grace_period",
    "stop_signal",
    "storage_opt",
    "sysctls",
    "tmpfs",
    "tty",
    "ulimits",
    "user",
    "userns_mode",
    "uts",
    "volumes",
    "volumes_from",
    "working_dir",
    "gpus",
    "post_start",
    "pre_stop",
    "label_file",
];

/// A Compose file: its services, ports and volumes.
///
/// # Errors
/// The first key that Compose does not know, or name that stands for nothing.
pub fn check(text: &str) -> Result<Vec<Fact>, Flaw> {
    let value = yaml_value(text)?;
    let Value::Object(top) = &value else {
        return Err(Flaw::of_all("it is no mapping with services"));
    };
    let at = |word: &str, message: String| Flaw {
        line: line_of(text, word),
        message,
    };
    for key in top.keys() {
        if !TOP.contains(&key.as_str()) && !key.starts_with("x-") {
            return Err(at(key, format!("{key} is no key of a Compose file")));
        }
    }
    let Some(Value::Object(services)) = top.get("services") else {
        return Err(Flaw::of_all("there are no services"));
    };
    if services.is_empty() {
        return Err(Flaw::of_all("there are no services"));
    }
    let mut ports = Vec::new();
    for (name, service) in services {
        let Value::Object(service) = service else {
            return Err(at(name, format!("the service {name} is no mapping")));
        };
        check_service(name, service, services, top)
            .map_err(|(word, message)| at(&word, message))?;
        ports.extend(published(name, service).map_err(|message| at("ports", message))?);
    }
    Ok([
        Fact::names("services", services.keys().map(String::as_str)),
        Fact::names("ports", ports.iter().map(String::as_str)),
        Fact::names("volumes", declared(top, "volumes")),
    ]
    .into_iter()
    .flatten()
    .collect())
}

type Found = Result<(), (String, String)>;

fn check_service(
    name: &str,
    service: &Map<String, Value>,
    services: &Map<String, Value>,
    top: &Map<String, Value>,
) -> Found {
    for key in service.keys() {
        if !SERVICE.contains(&key.as_str()) && !key.starts_with("x-") {
            return Err((key.clone(), format!("{key} is no key of a service")));
        }
    }
    let is_made = ["image", "build", "extends"]
        .iter()
        .any(|key| service.contains_key(*key));
    if !is_made {
        return Err((
            name.to_owned(),
            format!("{name} has neither image nor build"),
        ));
    }
    for other in names_in(service.get("depends_on")) {
        if !services.contains_key(&other) {
            return Err((
                other.clone(),
                format!("{name} depends on {other}, which is no service"),
            ));
        }
    }
    for network in names_in(service.get("networks")) {
        let is_declared = network == "default" || declared(top, "networks").any(|n| n == network);
        if !is_declared {
            return Err((
                network.clone(),
                format!("the network {network} is not declared"),
            ));
        }
    }
    for volume in names_in(service.get("volumes")) {
        let Some((source, target)) = volume.split_once(':') else {
            continue;
        };
        let is_path = source.starts_with(['.', '/', '~', '$']) || source.contains('\\');
        if !is_path && !declared(top, "volumes").any(|name| name == source) {
            return Err((
                source.to_owned(),
                format!("the volume {source} is not declared"),
            ));
        }
        if !target.starts_with(['/', '$']) {
            return Err((
                volume.clone(),
                format!("{volume} has no absolute path in the container"),
            ));
        }
    }
    if let Some(Value::String(restart)) = service.get("restart")
        && !["no", "always", "unless-stopped"].contains(&restart.as_str())
        && !restart.starts_with("on-failure")
    {
        return Err((
            "restart".to_owned(),
            format!("{restart} is no way to restart"),
        ));
    }
    Ok(())
}

/// The names in a list, or the keys of a mapping.
fn names_in(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::Array(items)) => items
            .iter()
            .filter_map(|item| item.as_str().map(str::to_owned))
            .collect(),
        Some(Value::Object(members)) => members.keys().cloned().collect(),
        _ => vec![],
    }
}

fn declared<'a>(top: &'a Map<String, Value>, key: &str) -> impl Iterator<Item = &'a str> {
    let members = match top.get(key) {
        Some(Value::Object(members)) => Some(members),
        _ => None,
    };
    members
        .into_iter()
        .flat_map(|members| members.keys().map(String::as_str))
}

/// The ports of a service as they are written.
fn published(name: &str, service: &Map<String, Value>) -> Result<Vec<String>, String> {
    let ports = match service.get("ports") {
        None => return Ok(vec![]),
        Some(Value::Array(ports)) => ports,
        Some(_) => return Err(format!("the ports of {name} are no list")),
    };
    ports
        .iter()
        .map(|port| match port {
            Value::Object(port) => port
                .get("target")
                .map(ToString::to_string)
                .ok_or_else(|| format!("a port of {name} has no target")),
            Value::Number(port) => Ok(port.to_string()),
            Value::String(port) => {
                let bare = port.split('/').next().unwrap_or_default();
                let numbers = bare.rsplit(':').take(2);
                let is_port = |end: &str| {
                    end.starts_with('$')
                        || end
                            .split('-')
                            .all(|number| number.parse::<u16>().is_ok_and(|n| n > 0))
                };
                match numbers.into_iter().all(is_port) {
                    true => Ok(port.clone()),
                    false => Err(format!("{port} is no port")),
                }
            }
            _ => Err(format!("a port of {name} is no port")),
        })
        .collect()
}

fn line_of(text: &str, word: &str) -> Option<usize> {
    text.lines()
        .position(|line| line.contains(word))
        .map(|place| place + 1)
}
