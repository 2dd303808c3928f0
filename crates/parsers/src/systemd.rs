//! Units of systemd: sections, keys, and what a service or timer cannot do without.

use std::collections::BTreeMap;

use crate::{Fact, Flaw};

const UNIT: &[&str] = &[
    "Description",
    "Documentation",
    "Requires",
    "Requisite",
    "Wants",
    "BindsTo",
    "PartOf",
    "Upholds",
    "Conflicts",
    "Before",
    "After",
    "OnFailure",
    "OnSuccess",
    "PropagatesReloadTo",
    "StartLimitIntervalSec",
    "StartLimitBurst",
    "StartLimitAction",
    "StopWhenUnneeded",
    "RefuseManualStart",
    "RefuseManualStop",
    "DefaultDependencies",
    "RequiresMountsFor",
    "JobTimeoutSec",
    "AllowIsolate",
    "SourcePath",
    "CollectMode",
];

const INSTALL: &[&str] = &[
    "WantedBy",
    "RequiredBy",
    "UpheldBy",
    "Also",
    "Alias",
    "DefaultInstance",
];

const EXEC: &[&str] = &[
    "User",
    "Group",
    "DynamicUser",
    "SupplementaryGroups",
    "WorkingDirectory",
    "RootDirectory",
    "Environment",
    "EnvironmentFile",
    "PassEnvironment",
    "UnsetEnvironment",
    "StandardInput",
    "StandardOutput",
    "StandardError",
    "SyslogIdentifier",
    "SyslogFacility",
    "SyslogLevel",
    "Nice",
    "OOMScoreAdjust",
    "IOSchedulingClass",
    "IOSchedulingPriority",
    "CPUSchedulingPolicy",
    "UMask",
    "LimitNOFILE",
    "LimitNPROC",
    "LimitCORE",
    "LimitMEMLOCK",
    "LimitAS",
    "LimitFSIZE",
    "PAMName",
    "CapabilityBoundingSet",
    "AmbientCapabilities",
    "NoNewPrivileges",
    "SecureBits",
    "ProtectSystem",
    "ProtectHome",
    "ReadWritePaths",
    "ReadOnlyPaths",
    "InaccessiblePaths",
    "PrivateTmp",
    "PrivateDevices",
    "PrivateNetwork",
    "PrivateUsers",
    "PrivateMounts",
    "ProtectKernelTunables",
    "ProtectKernelModules",
    "ProtectKernelLogs",
    "ProtectControlGroups",
    "ProtectClock",
    "ProtectHostname",
    "ProtectProc",
    "ProcSubset",
    "RestrictAddressFamilies",
    "RestrictNamespaces",
    "RestrictRealtime",
    "RestrictSUIDSGID",
    "LockPersonality",
    "MemoryDenyWriteExecute",
    "SystemCallFilter",
    "SystemCallArchitectures",
    "RemoveIPC",
    "RuntimeDirectory",
    "RuntimeDirectoryMode",
    "RuntimeDirectoryPreserve",
    "StateDirectory",
    "StateDirectoryMode",
    "CacheDirectory",
    "LogsDirectory",
    "LogsDirectoryMode",
    "ConfigurationDirectory",
    "LoadCredential",
    "TTYPath",
    "KillMode",
    "KillSignal",
    "SendSIGKILL",
    "SendSIGHUP",
    "MemoryMax",
    "MemoryHigh",
    "MemoryLimit",
    "CPUQuota",
    "CPUWeight",
    "CPUShares",
    "TasksMax",
    "IOWeight",
    "Slice",
    "Delegate",
    "DeviceAllow",
    "DevicePolicy",
    "IPAddressAllow",
    "IPAddressDeny",
    "BindPaths",
    "BindReadOnlyPaths",
    "TemporaryFileSystem",
];

const SERVICE: &[&str] = &[
    "Type",
    "ExecStart",
    "ExecStartPre",
    "ExecStartPost",
    "ExecReload",
    "ExecStop",
    "ExecStopPost",
    "ExecCondition",
    "RestartSec",
    "Restart",
    "RestartSteps",
    "RestartMaxDelaySec",
    "TimeoutStartSec",
    "TimeoutStopSec",
    "TimeoutSec",
    "TimeoutAbortSec",
    "RuntimeMaxSec",
    "WatchdogSec",
    "SuccessExitStatus",
    "RestartPreventExitStatus",
    "RestartForceExitStatus",
    "RemainAfterExit",
    "GuessMainPID",
    "PIDFile",
    "BusName",
    "NotifyAccess",
    "Sockets",
    "FileDescriptorStoreMax",
    "RootDirectoryStartOnly",
    "NonBlocking",
    "OOMPolicy",
    "ExitType",
];

const TIMER: &[&str] = &[
    "OnActiveSec",
    "OnBootSec",
    "OnStartupSec",
    "OnUnitActiveSec",
    "OnUnitInactiveSec",
    "OnCalendar",
    "AccuracySec",
    "RandomizedDelaySec",
    "FixedRandomDelay",
    "OnClockChange",
    "OnTimezoneChange",
    "Unit",
    "Persistent",
    "WakeSystem",
    "RemainAfterElapse",
];

const SOCKET: &[&str] = &[
    "ListenStream",
    "ListenDatagram",
    "ListenSequentialPacket",
    "ListenFIFO",
    "Accept",
    "SocketUser",
    "SocketGroup",
    "SocketMode",
    "DirectoryMode",
    "Backlog",
    "MaxConnections",
    "Service",
    "RemoveOnStop",
    "ReusePort",
    "NoDelay",
    "KeepAlive",
    "BindIPv6Only",
    "FileDescriptorName",
    "FreeBind",
];

const PATH: &[&str] = &[
    "PathExists",
    "PathExistsGlob",
    "PathChanged",
    "PathModified",
    "DirectoryNotEmpty",
    "Unit",
    "MakeDirectory",
    "DirectoryMode",
];

const MOUNT: &[&str] = &[
    "What",
    "Where",
    "Type",
    "Options",
    "TimeoutSec",
    "DirectoryMode",
    "LazyUnmount",
];

/// A unit: what it starts, and when.
///
/// # Errors
/// The first line that is none, key that systemd does not know, or thing that is missing.
pub fn check(text: &str) -> Result<Vec<Fact>, Flaw> {
    let sections = read(text)?;
    let is_unit = UNITS.iter().any(|section| sections.contains_key(*section));
    if !is_unit {
        return Err(Flaw::of_all("there is no section of a unit"));
    }
    if sections.contains_key("Service") {
        service(&sections)?;
    }
    let says_when = sections
        .get("Timer")
        .is_none_or(|timer| timer.iter().any(|(name, _)| name.starts_with("On")));
    if !says_when {
        return Err(Flaw::of_all("the timer says no time"));
    }
    let fact = |name, section, key| Some(Fact::new(name, &value(&sections, section, key)?.1));
    Ok([
        fact("starts", "Service", "ExecStart"),
        fact("when", "Timer", "OnCalendar"),
        fact("wanted-by", "Install", "WantedBy"),
    ]
    .into_iter()
    .flatten()
    .collect())
}

/// Sections of which a unit has one.
const UNITS: &[&str] = &[
    "Service",
    "Timer",
    "Socket",
    "Path",
    "Mount",
    "Automount",
    "Swap",
    "Slice",
    "Unit",
];

const TYPES: &[&str] = &[
    "simple",
    "exec",
    "forking",
    "oneshot",
    "dbus",
    "notify",
    "notify-reload",
    "idle",
];

const RESTARTS: &[&str] = &[
    "no",
    "always",
    "on-success",
    "on-failure",
    "on-abnormal",
    "on-abort",
    "on-watchdog",
];

fn value<'a>(sections: &'a Sections, section: &str, key: &str) -> Option<&'a (usize, String)> {
    let entries = sections.get(section)?;
    let found = entries.iter().find(|(name, _)| name == key);
    found.map(|(_, value)| value)
}

/// What a service must have, and values that are one of a few.
fn service(sections: &Sections) -> Result<(), Flaw> {
    for (key, known, what) in [
        ("Type", TYPES, "type of service"),
        ("Restart", RESTARTS, "way to restart"),
    ] {
        if let Some((line, value)) = value(sections, "Service", key)
            && !known.contains(&value.as_str())
        {
            return Err(Flaw::at(*line, format!("{value} is no {what}")));
        }
    }
    if value(sections, "Service", "ExecStart").is_none() {
        return Err(Flaw::of_all("the service has no ExecStart"));
    }
    for (name, (line, value)) in sections.get("Service").into_iter().flatten() {
        let program = value.trim_start_matches(['-', '+', '@', '!', ':']);
        let is_whole = program.is_empty() || program.starts_with(['/', '%', '$']);
        if name.starts_with("Exec") && !is_whole {
            let message = format!("{name} needs the whole path of its program");
            return Err(Flaw::at(*line, message));
        }
    }
    Ok(())
}

type Sections = BTreeMap<String, Vec<(String, (usize, String))>>;

fn read(text: &str) -> Result<Sections, Flaw> {
    let mut sections = Sections::new();
    let mut section: Option<String> = None;
    let mut lines = text.lines().enumerate();
    while let Some((place, line)) = lines.next() {
        let line = line.trim();
        if line.is_empty() || line.starts_with(['#', ';']) {
            continue;
        }
        if let Some(name) = line
            .strip_prefix('[')
            .and_then(|line| line.strip_suffix(']'))
        {
            if keys_of(name).is_none() && !name.starts_with("X-") {
                return Err(Flaw::at(place + 1, format!("[{name}] is no section")));
            }
            sections.entry(name.to_owned()).or_default();
            section = Some(name.to_owned());
            continue;
        }
        let mut whole = line.to_owned();
        while whole.ends_with('\\') {
            whole.pop();
            match lines.next() {
                Some((_, next)) => whole.push_str(next.trim()),
                None => return Err(Flaw::at(place + 1, "the last line goes on with \\")),
            }
        }
        let Some((key, value)) = whole.split_once('=') else {
            return Err(Flaw::at(place + 1, format!("{line} is no Key=value")));
        };
        let (key, value) = (key.trim(), value.trim());
        let Some(section) = &section else {
            return Err(Flaw::at(
                place + 1,
                format!("{key} stands before a section"),
            ));
        };
        if let Some(keys) = keys_of(section)
            && !keys.iter().any(|keys| keys.contains(&key))
            && !(section == "Unit" && (key.starts_with("Condition") || key.starts_with("Assert")))
            && !key.starts_with("X-")
        {
            return Err(Flaw::at(
                place + 1,
                format!("{key} is no key of [{section}]"),
            ));
        }
        if let Some(entries) = sections.get_mut(section) {
            entries.push((key.to_owned(), (place + 1, value.to_owned())));
        }
    }
    Ok(sections)
}

fn keys_of(section: &str) -> Option<&'static [&'static [&'static str]]> {
    Some(match section {
        "Unit" => &[UNIT],
        "Install" => &[INSTALL],
        "Service" => &[SERVICE, EXEC],
        "Timer" => &[TIMER],
        "Socket" => &[SOCKET, EXEC],
        "Path" => &[PATH],
        "Mount" | "Automount" | "Swap" => &[MOUNT, EXEC],
        "Slice" => &[EXEC],
        _ => return None,
    })
}
