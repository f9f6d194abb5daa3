//! The outputs of a cell, as a kernel sends them and as a notebook stores them.

use jupyter_protocol::{JupyterMessageContent, Stdio};
use serde_json::{Map, Value, json};

/// One output of a cell.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Output {
    /// Printed text.
    Stream {
        /// On standard error, not on standard output.
        stderr: bool,
        /// What was printed.
        text: String,
    },
    /// A value in one or more forms, by MIME type.
    Data {
        /// The forms.
        data: Map<String, Value>,
        /// What the kernel says about them.
        metadata: Map<String, Value>,
        /// It is the value of the cell's last expression.
        result: bool,
    },
    /// An error that the kernel reports.
    Error {
        /// Its name.
        name: String,
        /// Its message.
        value: String,
        /// The report, line by line, with terminal colours.
        traceback: Vec<String>,
    },
}

impl Output {
    /// The output that a message carries, if it carries one.
    pub(super) fn from_message(content: JupyterMessageContent) -> Option<Self> {
        Some(match content {
            JupyterMessageContent::StreamContent(stream) => Self::Stream {
                stderr: matches!(stream.name, Stdio::Stderr),
                text: stream.text,
            },
            JupyterMessageContent::ExecuteResult(result) => Self::Data {
                data: object(serde_json::to_value(result.data).ok()?)?,
                metadata: result.metadata,
                result: true,
            },
            JupyterMessageContent::DisplayData(display) => Self::Data {
                data: object(serde_json::to_value(display.data).ok()?)?,
                metadata: display.metadata,
                result: false,
            },
            JupyterMessageContent::ErrorOutput(error) => Self::Error {
                name: error.ename,
                value: error.evalue,
                traceback: error.traceback,
            },
            _ => return None,
        })
    }

    /// The output as a notebook of format 4.5 stores it; `count` is the cell's execution count.
    pub(super) fn to_json(&self, count: usize) -> Value {
        match self {
            Self::Stream { stderr, text } => json!({
                "name": if *stderr { "stderr" } else { "stdout" },
                "output_type": "stream",
                "text": lines(text),
            }),
            Self::Data {
                data,
                metadata,
                result,
            } => {
                let data: Map<String, Value> = data
                    .iter()
                    .map(|(mime, value)| (mime.clone(), stored(mime, value)))
                    .collect();
                if *result {
                    json!({"data": data, "execution_count": count, "metadata": metadata, "output_type": "execute_result"})
                } else {
                    json!({"data": data, "metadata": metadata, "output_type": "display_data"})
                }
            }
            Self::Error {
                name,
                value,
                traceback,
            } => json!({
                "ename": name,
                "evalue": value,
                "output_type": "error",
                "traceback": traceback,
            }),
        }
    }

    /// Names the cell `number` in an error's report. evcxr counts every request, also the runner's own; its
    /// `command_7` may be cell 3.
    pub(super) fn name_cell(&mut self, number: usize) {
        const NAME: &str = "command_";
        let Self::Error { traceback, .. } = self else {
            return;
        };
        for line in traceback {
            let Some(start) = line.find(NAME) else { continue };
            let digits = line[start + NAME.len()..]
                .bytes()
                .take_while(u8::is_ascii_digit)
                .count();
            if digits > 0 {
                line.replace_range(start..start + NAME.len() + digits, &format!("cell {number}"));
            }
        }
    }

    /// The size of what it holds, in bytes.
    pub(super) fn size(&self) -> usize {
        match self {
            Self::Stream { text, .. } => text.len(),
            Self::Data { data, .. } => data
                .values()
                .map(|value| value.as_str().map_or(64, str::len))
                .sum(),
            Self::Error { value, traceback, .. } => {
                value.len() + traceback.iter().map(String::len).sum::<usize>()
            }
        }
    }
}

fn object(value: Value) -> Option<Map<String, Value>> {
    match value {
        Value::Object(map) => Some(map),
        _ => None,
    }
}

/// Text as a list of lines, JSON as it is.
fn stored(mime: &str, value: &Value) -> Value {
    match value {
        Value::String(text) if !mime.ends_with("json") => lines(text),
        value => value.clone(),
    }
}

/// `text` as a notebook stores it: one string for each line, with its line end.
pub(super) fn lines(text: &str) -> Value {
    text.split_inclusive('\n').map(Value::from).collect()
}

/// How much a cell may print and display before it is cut off and interrupted.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// Bytes printed.
    pub(crate) printed: usize,
    /// Lines printed. evcxr passes on about 4,000 lines a second, so a loop that prints reaches this limit
    /// first.
    pub(crate) lines: usize,
    /// Bytes displayed.
    pub(crate) displayed: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            printed: 1 << 20,
            lines: 10_000,
            displayed: 32 << 20,
        }
    }
}

/// The outputs of one cell as they arrive, within limits.
#[derive(Debug)]
pub(super) struct Outputs {
    list: Vec<Output>,
    limits: Limits,
    printed: usize,
    lines: usize,
    displayed: usize,
}

impl Outputs {
    pub(super) fn new(limits: Limits) -> Self {
        Self {
            list: Vec::new(),
            limits,
            printed: 0,
            lines: 0,
            displayed: 0,
        }
    }

    /// Adds one. If that is more than allowed, it is left out, and the message says which limit was reached.
    pub(super) fn push(&mut self, output: Output) -> Result<(), String> {
        let Output::Stream { stderr, text } = output else {
            self.displayed += output.size();
            if self.displayed > self.limits.displayed {
                return Err(format!("more than {} MiB displayed", self.limits.displayed >> 20));
            }
            self.list.push(output);
            return Ok(());
        };
        self.printed += text.len();
        self.lines += text.matches('\n').count();
        if self.lines > self.limits.lines {
            return Err(format!("more than {} lines printed", self.limits.lines));
        }
        if self.printed > self.limits.printed {
            return Err(format!("more than {} KiB printed", self.limits.printed >> 10));
        }
        match self.list.last_mut() {
            Some(Output::Stream {
                stderr: same,
                text: before,
            }) if *same == stderr => before.push_str(&text),
            _ => self.list.push(Output::Stream { stderr, text }),
        }
        Ok(())
    }

    /// Adds a note of the runner's own, whatever the limits.
    pub(super) fn note(&mut self, text: String) {
        self.list.push(Output::Stream { stderr: true, text });
    }

    /// What has arrived.
    pub(super) fn list(&self) -> &[Output] {
        &self.list
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(text: &str) -> Output {
        Output::Stream {
            stderr: false,
            text: text.into(),
        }
    }

    #[test]
    fn an_error_names_its_cell() {
        let traceback = vec!["╭─[ command_12:1:1 ]".into(), "my_command_x".into()];
        let mut error = Output::Error {
            name: "Error".into(),
            value: String::new(),
            traceback,
        };
        error.name_cell(3);
        let Output::Error { traceback, .. } = error else {
            panic!("an error")
        };
        assert_eq!(traceback, ["╭─[ cell 3:1:1 ]", "my_command_x"]);
    }

    #[test]
    fn printed_pieces_join_and_stop_at_a_limit() {
        let mut outputs = Outputs::new(Limits {
            printed: 2048,
            lines: 3,
            displayed: 10,
        });
        outputs.push(printed("a\n")).unwrap();
        outputs.push(printed("b\n")).unwrap();
        outputs
            .push(Output::Stream {
                stderr: true,
                text: "c\n".into(),
            })
            .unwrap();
        assert_eq!(
            outputs.push(printed("d\n")),
            Err("more than 3 lines printed".into())
        );
        assert_eq!(
            outputs.list(),
            [
                printed("a\nb\n"),
                Output::Stream {
                    stderr: true,
                    text: "c\n".into()
                }
            ]
        );

        let mut outputs = Outputs::new(Limits {
            printed: 2048,
            lines: 3,
            displayed: 10,
        });
        assert_eq!(
            outputs.push(printed(&"x".repeat(2049))),
            Err("more than 2 KiB printed".into())
        );
        let mut data = Map::new();
        data.insert("text/plain".into(), "0123456789a".into());
        let value = Output::Data {
            data,
            metadata: Map::new(),
            result: true,
        };
        assert_eq!(outputs.push(value), Err("more than 0 MiB displayed".into()));
        assert!(outputs.list().is_empty());
    }
}
