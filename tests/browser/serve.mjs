// Starts a JupyterLab, and stops it with all of its kernels.

import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { createServer } from "node:net";
import path from "node:path";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";

const ROOT = path.join(import.meta.dirname, "..", "..");
// The first time, this command builds the kernel and installs JupyterLab.
const LAB = "cargo course lab --no-browser tests/browser/fixtures/pictures.ipynb --";
const MOST_SECONDS = 1800;

// `command` gets JupyterLab's own options at its end.
export async function serve(command = LAB, environment = {}) {
  const port = await freePort();
  const token = randomBytes(16).toString("hex");
  const options = [`--ServerApp.port=${port}`, "--ServerApp.port_retries=0", `--IdentityProvider.token=${token}`];
  const lab = spawn(`exec ${command} ${options.join(" ")}`, {
    shell: true,
    cwd: ROOT,
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [lab.stdout, lab.stderr]) stream.on("data", (data) => (said = (said + data).slice(-4000)));
  const ended = new Promise((resolve) => {
    lab.on("exit", resolve);
    lab.on("error", (error) => {
      said += error.message;
      resolve();
    });
  });
  const stop = async () => {
    // JupyterLab ends its kernels before it goes.
    lab.kill("SIGTERM");
    if ((await Promise.race([ended, sleep(20_000, "too long", { ref: false })])) === "too long") lab.kill("SIGKILL");
  };
  const base = `http://127.0.0.1:${port}`;
  let over = false;
  ended.then(() => (over = true));
  for (const begun = Date.now(); Date.now() - begun < 1000 * MOST_SECONDS; await sleep(200)) {
    if (over) throw new Error(`${command} has ended:\n${said}`);
    const answer = await fetch(`${base}/api/status?token=${token}`).catch(() => null);
    if (answer?.ok) return { url: `${base}/?token=${token}`, stop };
  }
  await stop();
  throw new Error(`${command} was not ready after ${MOST_SECONDS} s:\n${said}`);
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
