//! What all tasks share: the options, the clock, the line of JSON.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Instant;

use serde_json::{Value, json};

/// How a task ends.
pub(crate) type Outcome = Result<(), Box<dyn Error>>;

/// What the command line says.
pub(crate) struct Options {
    task: String,
    pub(crate) input: PathBuf,
    pub(crate) threads: usize,
    pub(crate) runs: usize,
    #[allow(dead_code, reason = "the first task draws nothing")]
    pub(crate) seed: u64,
    pub(crate) out: Option<PathBuf>,
    more: BTreeMap<String, String>,
}

impl Options {
    /// Reads the command line, and gives the library the number of threads that it says, or all of them.
    pub(crate) fn parse(task: &str, arguments: &[String]) -> Result<Self, Box<dyn Error>> {
        let [input, pairs @ ..] = arguments else {
            return Err("the input file is missing".into());
        };
        let mut more = BTreeMap::new();
        for pair in pairs.chunks(2) {
            match pair {
                [key, value] if key.starts_with("--") => more.insert(key[2..].to_owned(), value.clone()),
                _ => return Err(format!("expected --KEY VALUE, got {}", pair.join(" ")).into()),
            };
        }
        let cores = std::thread::available_parallelism()?.get();
        let threads = number(&mut more, "threads")?.unwrap_or(cores);
        rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build_global()?;
        Ok(Self {
            task: task.to_owned(),
            input: input.into(),
            threads,
            runs: number(&mut more, "runs")?.unwrap_or(1),
            seed: number(&mut more, "seed")?.unwrap_or(1),
            out: more.remove("out").map(PathBuf::from),
            more,
        })
    }

    /// The value of `--key`, for options that only one task has.
    pub(crate) fn get<T: FromStr<Err: Error + 'static>>(
        &self,
        key: &str,
    ) -> Result<Option<T>, Box<dyn Error>> {
        number(&mut self.more.clone(), key)
    }

    /// Where to write `name`, if anything is to be kept.
    pub(crate) fn keep(&self, name: &str) -> Result<Option<PathBuf>, Box<dyn Error>> {
        let Some(folder) = &self.out else { return Ok(None) };
        fs::create_dir_all(folder)?;
        Ok(Some(folder.join(name)))
    }

    /// Prints the line of one run: `amount` of `unit` were done in the time that `clock` took.
    pub(crate) fn emit(&self, mut params: Value, took: &Took, amount: f64, unit: &str, quality: Value) {
        params["threads"] = json!(self.threads);
        let line = json!({
            "task": self.task, "peer": "course", "version": env!("CARGO_PKG_VERSION"), "params": params,
            "seconds": round(took.seconds), "cpu_seconds": round(took.cpu_seconds),
            "throughput": amount / took.seconds, "unit": unit, "quality": quality,
            "peak_rss_mb": peak_rss_mb(), "load1": load1(),
        });
        println!("{line}");
    }
}

fn number<T: FromStr<Err: Error + 'static>>(
    more: &mut BTreeMap<String, String>,
    key: &str,
) -> Result<Option<T>, Box<dyn Error>> {
    let Some(text) = more.remove(key) else {
        return Ok(None);
    };
    Ok(Some(text.parse().map_err(|e| format!("--{key} {text}: {e}"))?))
}

/// How long something took.
pub(crate) struct Took {
    pub(crate) seconds: f64,
    /// The time of all threads together, which the system counts in hundredths of a second.
    pub(crate) cpu_seconds: f64,
}

/// Does `work` and says how long it took.
pub(crate) fn timed<T>(work: impl FnOnce() -> T) -> (T, Took) {
    let (cpu, start) = (cpu_seconds(), Instant::now());
    let done = work();
    let took = Took {
        seconds: start.elapsed().as_secs_f64(),
        cpu_seconds: cpu_seconds() - cpu,
    };
    (done, took)
}

/// Writes `rows` of equal length as a NumPy array of shape `(rows, columns)`. `kind` is NumPy's name for the
/// type.
pub(crate) fn write_npy(path: &Path, kind: &str, rows: usize, columns: usize, bytes: &[u8]) -> Outcome {
    let mut header = format!("{{'descr': '{kind}', 'fortran_order': False, 'shape': ({rows}, {columns}), }}");
    // Magic, version and length take 10 bytes. The whole header is a multiple of 64 and ends with a line end.
    while (10 + header.len() + 1) % 64 != 0 {
        header.push(' ');
    }
    header.push('\n');
    let mut file = b"\x93NUMPY\x01\x00".to_vec();
    file.extend(u16::try_from(header.len())?.to_le_bytes());
    file.extend(header.as_bytes());
    file.extend(bytes);
    Ok(fs::write(path, file)?)
}

fn round(seconds: f64) -> f64 {
    (seconds * 1e4).round() / 1e4
}

/// The processor time of this process so far; 0 if the system does not report it.
fn cpu_seconds() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The name, in parentheses, may contain spaces, so the fields are counted after it.
    let fields = stat.rsplit(')').next().unwrap_or("").split_whitespace();
    fields
        .skip(11)
        .take(2)
        .filter_map(|ticks| ticks.parse::<f64>().ok())
        .sum::<f64>()
        / 100.0
}

fn peak_rss_mb() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status
        .lines()
        .find_map(|l| l.strip_prefix("VmHWM:"))
        .unwrap_or("");
    let kb = line.trim().trim_end_matches(" kB").parse::<f64>().unwrap_or(0.0);
    (kb / 102.4).round() / 10.0
}

fn load1() -> f64 {
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    load.split(' ').next().and_then(|x| x.parse().ok()).unwrap_or(0.0)
}
