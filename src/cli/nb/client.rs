//! A client of one kernel, by Jupyter's messaging protocol.
//!
//! Sockets are TCP on the loopback address: evcxr is built without any other transport. The system names free
//! ports for the kernel. If another program takes one before the kernel binds it, the kernel ends at once and
//! is started again with others.
//!
//! Such clients must avoid two classic races. A subscription to the kernel's output takes effect some time
//! after it was asked for, and what is said before that is lost. So nothing is executed until the first
//! status has arrived. And a reply does not come on the same socket as the output. So a request is over when
//! both have come: the reply, and the status `idle` that answers the request.

use super::output::Output;
use super::process::Process;
use crate::kernel::command::KernelCommand;
use anyhow::{Context, Result, bail};
use jupyter_protocol::connection_info::{ConnectionInfo, Transport};
use jupyter_protocol::{
    ExecuteRequest, ExecutionState, InterruptRequest, JupyterMessage, JupyterMessageContent,
    KernelInfoRequest, ReplyStatus, ShutdownRequest,
};
use jupyter_zmq_client::{
    ClientControlConnection, ClientIoPubConnection, ClientShellConnection, RuntimeError,
    create_client_control_connection, create_client_iopub_connection,
    create_client_shell_connection_with_identity, peek_ports_with_listeners, peer_identity_for_session,
};
use std::net::{IpAddr, Ipv4Addr};
use std::path::Path;
use std::time::{Duration, Instant};
use tempfile::TempDir;
use tokio::time::{sleep, timeout};

/// How long a kernel may take to answer for the first time. The pack's kernel needs 2 to 3 s; a kernel that
/// first compiles a dependency needs minutes.
const START: Duration = Duration::from_secs(600);

/// How long a kernel that was told to end may take.
const SHUTDOWN: Duration = Duration::from_secs(3);

/// How often a kernel is started before it is given up, if it finds its ports taken.
const ATTEMPTS: usize = 4;

/// A running kernel and the connections to it.
pub(crate) struct Kernel {
    process: Process,
    shell: ClientShellConnection,
    iopub: ClientIoPubConnection,
    control: ClientControlConnection,
    request: String,
    // Last, so that the processes are gone when their temporary files are removed.
    scratch: TempDir,
}

/// What a kernel says while it executes.
#[derive(Debug)]
pub(crate) enum Event {
    /// Something printed, displayed or reported.
    Output(Output),
    /// The request was answered; whether its status was "ok".
    Reply(bool),
    /// All that belongs to the request has been said.
    Idle,
    /// The kernel itself has ended; with what it printed last.
    Ended(String),
}

impl Kernel {
    /// Starts a kernel in `folder` and waits until it can execute.
    pub(crate) async fn start(command: &KernelCommand, folder: &Path) -> Result<Self> {
        for _ in 0..ATTEMPTS {
            if let Some(kernel) = Self::try_start(command, folder).await? {
                return Ok(kernel);
            }
        }
        bail!(
            "the kernel found its ports taken {ATTEMPTS} times; something on this machine takes every free port"
        )
    }

    /// One attempt; nothing if a port was taken meanwhile.
    async fn try_start(command: &KernelCommand, folder: &Path) -> Result<Option<Self>> {
        let scratch = tempfile::Builder::new()
            .prefix("course-kernel-")
            .tempdir()
            .context("cannot make a temporary folder")?;
        let address = IpAddr::V4(Ipv4Addr::LOCALHOST);
        let (ports, listeners) = peek_ports_with_listeners(address, 5).await?;
        let &[shell_port, iopub_port, stdin_port, control_port, hb_port] = ports.as_slice() else {
            bail!("no five free ports on {address}");
        };
        let info = ConnectionInfo {
            ip: address.to_string(),
            transport: Transport::TCP,
            shell_port,
            iopub_port,
            stdin_port,
            control_port,
            hb_port,
            key: uuid::Uuid::new_v4().to_string(),
            signature_scheme: "hmac-sha256".into(),
            kernel_name: None,
        };
        // The folder is readable by this user alone, and so is the key in the file.
        let file = scratch.path().join("connection.json");
        std::fs::write(&file, serde_json::to_vec(&info)?)
            .with_context(|| format!("cannot write {}", file.display()))?;
        drop(listeners);
        let mut process = Process::start(command, &file, folder, scratch.path())?;
        // evcxr binds this one last.
        if !listening(&mut process, iopub_port).await {
            let log = process.log();
            process.end(Duration::ZERO).await;
            if log.contains("in use") {
                return Ok(None);
            }
            bail!("the kernel ended while it started{}", said(&log));
        }
        let session = uuid::Uuid::new_v4().to_string();
        let identity = peer_identity_for_session(&session)?;
        let mut kernel = Self {
            iopub: create_client_iopub_connection(&info, "", &session).await?,
            shell: create_client_shell_connection_with_identity(&info, &session, identity).await?,
            control: create_client_control_connection(&info, &session).await?,
            process,
            request: String::new(),
            scratch,
        };
        match timeout(START, kernel.greet()).await {
            Ok(Ok(())) => Ok(Some(kernel)),
            Ok(Err(error)) => {
                kernel.kill().await;
                Err(error)
            }
            Err(_) => {
                let log = kernel.process.log();
                kernel.kill().await;
                bail!(
                    "the kernel did not answer within {} s{}",
                    START.as_secs(),
                    said(&log)
                )
            }
        }
    }

    /// Asks what the kernel is until both the answer and a status have come.
    async fn greet(&mut self) -> Result<()> {
        const ASK_AGAIN: Duration = Duration::from_secs(1);
        loop {
            self.send(KernelInfoRequest {}.into()).await?;
            let mut answered = false;
            loop {
                // Before the answer there is no use in asking again: the kernel is still starting.
                let wait = if answered { ASK_AGAIN } else { START };
                match timeout(wait, self.next()).await {
                    Err(_) => break,
                    Ok(Event::Reply(_)) => answered = true,
                    Ok(Event::Idle) => return Ok(()),
                    Ok(Event::Ended(log)) => bail!("the kernel ended while it started{}", said(&log)),
                    Ok(Event::Output(_)) => {}
                }
            }
        }
    }

    /// Sends code to execute. What comes back is for [`Kernel::next`].
    pub(crate) async fn execute(&mut self, code: &str) -> Result<()> {
        let request = ExecuteRequest {
            allow_stdin: false,
            store_history: true,
            ..ExecuteRequest::new(code.to_owned())
        };
        self.send(request.into()).await
    }

    async fn send(&mut self, message: JupyterMessage) -> Result<()> {
        self.request.clone_from(&message.header.msg_id);
        self.shell
            .send(message)
            .await
            .context("cannot send to the kernel")
    }

    /// The next thing that the kernel says about the latest request. Nothing is lost when the future is
    /// dropped.
    pub(crate) async fn next(&mut self) -> Event {
        loop {
            let message = tokio::select! {
                message = self.iopub.read() => message,
                message = self.shell.read() => message,
                _ = self.process.ended() => return self.ended().await,
            };
            match message {
                Ok(message) if self.is_mine(&message) => {
                    if let Some(event) = event(message.content) {
                        return event;
                    }
                }
                Ok(_) => {}
                Err(RuntimeError::ZmqError(_) | RuntimeError::IoError(_)) => return self.ended().await,
                // A message that cannot be read is for another client, or of a kind that is not needed here.
                Err(_) => {}
            }
        }
    }

    /// The kernel has closed its sockets or ended: in both cases it is of no more use.
    async fn ended(&mut self) -> Event {
        // What it printed is read in the background; give that a moment.
        sleep(Duration::from_millis(50)).await;
        Event::Ended(self.process.log())
    }

    fn is_mine(&self, message: &JupyterMessage) -> bool {
        message
            .parent_header
            .as_ref()
            .is_some_and(|parent| parent.msg_id == self.request)
    }

    /// Asks the kernel to interrupt what it executes. evcxr does so by ending the process that runs the
    /// cells.
    pub(crate) async fn interrupt(&mut self) -> Result<()> {
        self.control
            .send(InterruptRequest {}.into())
            .await
            .context("cannot interrupt the kernel")
    }

    /// The kernel's resident memory in bytes, where the system tells it.
    pub(crate) fn memory(&self) -> Option<u64> {
        self.process.memory()
    }

    /// Ends the kernel as the protocol prescribes, and by force if that does not help.
    pub(crate) async fn shutdown(mut self) {
        let message = ShutdownRequest { restart: false };
        let asked = self.control.send(message.into()).await.is_ok();
        let patience = if asked { SHUTDOWN } else { Duration::ZERO };
        self.process.end(patience).await;
        drop(self.scratch);
    }

    /// Ends the kernel by force.
    pub(crate) async fn kill(self) {
        self.process.end(Duration::ZERO).await;
        drop(self.scratch);
    }
}

/// Waits until something listens on `port`; false if the process ends first.
async fn listening(process: &mut Process, port: u16) -> bool {
    let begin = Instant::now();
    while begin.elapsed() < START {
        if process.has_ended() {
            // What it printed is read in the background; give that a moment.
            sleep(Duration::from_millis(50)).await;
            return false;
        }
        if tokio::net::TcpStream::connect((Ipv4Addr::LOCALHOST, port))
            .await
            .is_ok()
        {
            return true;
        }
        sleep(Duration::from_millis(10)).await;
    }
    false
}

/// What a message means for the one who waits.
fn event(content: JupyterMessageContent) -> Option<Event> {
    Some(match content {
        JupyterMessageContent::ExecuteReply(reply) => Event::Reply(reply.status == ReplyStatus::Ok),
        JupyterMessageContent::KernelInfoReply(_) => Event::Reply(true),
        JupyterMessageContent::Status(status) if status.execution_state == ExecutionState::Idle => {
            Event::Idle
        }
        content => Event::Output(Output::from_message(content)?),
    })
}

/// The end of an error message: what the kernel printed, if anything.
fn said(log: &str) -> String {
    if log.is_empty() {
        " and printed nothing".into()
    } else {
        format!(":\n{log}")
    }
}
