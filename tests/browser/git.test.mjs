// A student's day with git and JupyterLab: install, run, edit, commit, compare, branch, merge, check out, uninstall.
//
//   node --test tests/browser/git.test.mjs
//
// JupyterLab itself opens, runs and saves the notebook, and the real git keeps it, in a scratch repository. Outputs never
// reach history, working copies keep them, and `git status` is quiet when nothing else has changed. Needs what check.mjs
// needs, and a JupyterLab with its Python kernel, which starts faster than the course's. Screenshots are in
// target/browser/git.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { launch } from "./check.mjs";
import { openNotebook } from "./lab.mjs";
import { serve } from "./serve.mjs";

const ROOT = path.join(import.meta.dirname, "..", "..");
const SHOTS = path.join(ROOT, "target", "browser", "git");
const LAB = process.env.LAB ?? ".course/lab/bin/jupyter lab";
const run = promisify(execFile);
let dir, repository, server, browser;

// Nothing of the user's own settings holds.
const alone = { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1" };
const git = async (...words) => (await run("git", words, { cwd: repository, env: alone })).stdout;
// The copy that set-up has made, which `cargo course` is the same as.
const COURSE = process.env.COURSE ?? path.join(ROOT, ".course", "bin", "course");
const course = (...words) => run(COURSE, words, { cwd: ROOT, env: alone });
const onDisk = async () => JSON.parse(await readFile(path.join(repository, "nb.ipynb"), "utf8"));
const printed = (notebook) => notebook.cells.map((cell) => cell.outputs.map((output) => output.text?.join("") ?? "").join(""));

before(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), "course-git-"));
  repository = path.join(dir, "a clone");
  await mkdir(repository);
  await mkdir(SHOTS, { recursive: true });
  const own = (name) => path.join(dir, name);
  [server, browser] = await Promise.all([
    serve(`${LAB} --no-browser --allow-root --ServerApp.root_dir='${repository}'`, {
      JUPYTER_CONFIG_DIR: own("config"),
      JUPYTER_DATA_DIR: own("data"),
      JUPYTER_RUNTIME_DIR: own("runtime"),
      JUPYTERLAB_SETTINGS_DIR: own("settings"),
      JUPYTERLAB_WORKSPACES_DIR: own("workspaces"),
      IPYTHONDIR: own("ipython"),
    }),
    launch(),
  ]);
});

after(async () => {
  await browser?.close();
  await server?.stop();
  await rm(dir, { recursive: true, force: true });
});

test("a day with git", { timeout: 300_000 }, async () => {
  await git("init", "--quiet", "--initial-branch=main");
  await git("config", "user.name", "Student");
  await git("config", "user.email", "student@example.org");
  await course("hooks", "install", "-C", repository);
  const cell = (id, source) => ({ cell_type: "code", execution_count: null, id, metadata: {}, outputs: [], source: [source] });
  const kernelspec = { display_name: "Python 3", language: "python", name: "python3" };
  const fresh = { cells: [cell("a", 'print("one")'), cell("b", 'print("two")')], metadata: { kernelspec }, nbformat: 4, nbformat_minor: 5 };
  await writeFile(path.join(repository, "nb.ipynb"), JSON.stringify(fresh));

  const lab = await openNotebook(browser, server.url, "nb.ipynb", 120_000, { saves: true });
  const runAndSave = async () => {
    await lab.runAll();
    await lab.save();
  };
  const shot = (name) => lab.page.screenshot({ path: path.join(SHOTS, `${name}.png`) });
  const commit = async (message) => {
    await git("add", "nb.ipynb");
    await git("commit", "--quiet", "--message", message);
  };
  try {
    await runAndSave();
    assert.deepEqual(printed(await onDisk()), ["one\n", "two\n"]);
    await commit("run once");
    assert.equal(await git("status", "--porcelain", "--", "nb.ipynb"), "");

    // Run again: other counts, and outputs of another length.
    await lab.edit(1, 'print("one" * 1)');
    await runAndSave();
    await commit("an edit");
    await lab.edit(1, 'import time; print("one", time.time())');
    await runAndSave();
    await commit("the time");
    await runAndSave();
    assert.equal(await git("status", "--porcelain", "--", "nb.ipynb"), "");

    // What is compared is what was typed.
    await lab.edit(2, 'print("two, and more")');
    await runAndSave();
    assert.equal(await git("status", "--porcelain", "--", "nb.ipynb"), " M nb.ipynb\n");
    const difference = await git("diff");
    assert.match(difference, /^-print\("two"\)\n\+print\("two, and more"\)$/m);
    assert.doesNotMatch(difference, /output|execution_count/);
    await commit("more");
    assert.equal(printed(await onDisk())[1], "two, and more\n", "the working copy keeps its outputs");

    // Two branches, each with an edit of its own.
    await git("switch", "--quiet", "--create", "other");
    await lab.edit(1, 'print("ONE")');
    await runAndSave();
    await commit("the first cell");
    await git("switch", "--quiet", "main");
    await lab.reload();
    await lab.edit(2, 'print("TWO")');
    await runAndSave();
    await commit("the second cell");
    await git("merge", "--quiet", "-m", "both", "other");
    await lab.reload();
    assert.deepEqual(await lab.sources(), ['print("ONE")', 'print("TWO")']);
    await runAndSave();
    assert.deepEqual(printed(await onDisk()), ["ONE\n", "TWO\n"]);
    await shot("merged");
    assert.equal(await git("status", "--porcelain", "--", "nb.ipynb"), "");

    // A conflict still opens.
    await git("switch", "--quiet", "--create", "theirs");
    await lab.edit(2, 'print("theirs")');
    await runAndSave();
    await commit("theirs");
    await git("switch", "--quiet", "main");
    await lab.reload();
    await lab.edit(2, 'print("ours")');
    await runAndSave();
    await commit("ours");
    await assert.rejects(git("merge", "theirs"));
    await lab.reload();
    const [first, second] = await lab.sources();
    assert.equal(first, 'print("ONE")');
    assert.equal(second, '<<<<<<< ours\nprint("ours")\n=======\nprint("theirs")\n>>>>>>> theirs');
    await shot("conflict");
    await lab.edit(2, 'print("ours and theirs")');
    await runAndSave();
    await commit("settled");

    // An older version and back.
    await git("checkout", "--quiet", "HEAD~1");
    await git("checkout", "--quiet", "main");
    await lab.reload();
    assert.equal((await lab.sources())[1], 'print("ours and theirs")');
    await runAndSave();
    assert.equal(await git("status", "--porcelain", "--", "nb.ipynb"), "");
  } finally {
    await lab.close();
  }

  const history = await git("log", "--all", "--patch", "--no-textconv", "--format=%s");
  assert.match(history, /^\+ +"outputs": \[\],$/m);
  assert.doesNotMatch(history, /output_type|"execution_count": \d/);

  const kept = await readFile(path.join(repository, "nb.ipynb"), "utf8");
  await course("hooks", "uninstall", "-C", repository);
  assert.doesNotMatch(await git("config", "--list", "--local"), /course/);
  assert.equal(await readFile(path.join(repository, "nb.ipynb"), "utf8"), kept);
});
