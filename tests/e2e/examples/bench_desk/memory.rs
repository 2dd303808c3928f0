//! What processes hold.

use std::fs;

/// The proportional set of processes, in megabytes: a page that several share counts once among them.
pub fn megabytes(pids: &[u32]) -> f64 {
    let kilobytes: u32 = pids.iter().copied().map(share).sum();
    f64::from(kilobytes) / 1024.0
}

fn share(pid: u32) -> u32 {
    let told = fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).unwrap_or_default();
    let line = told.lines().find_map(|line| line.strip_prefix("Pss:"));
    let number = line.and_then(|line| line.trim().strip_suffix("kB")?.trim().parse().ok());
    number.unwrap_or(0)
}
