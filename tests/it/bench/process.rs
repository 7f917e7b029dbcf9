//! What the operating system counts of another process.

use std::fmt;

/// Memory in MB of 10⁶ bytes.
pub(crate) struct Memory {
    resident: f64,
    peak: f64,
}

impl Memory {
    /// The memory of the process with that id (`/proc/<id>/status`).
    pub(crate) fn of(process: u32) -> Memory {
        let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
        let megabytes = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap_or("0 kB");
            let kibibytes: f64 = line.trim().trim_end_matches(" kB").parse().unwrap_or(0.0);
            kibibytes * 1024.0 / 1e6
        };
        Memory { resident: megabytes("VmRSS:"), peak: megabytes("VmHWM:") }
    }
}

impl fmt::Display for Memory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.0} MB resident, {:.0} at the peak", self.resident, self.peak)
    }
}
