// The check itself, on notebooks that must pass or fail: node --test tests/browser/check.test.mjs
//
// Needs what check.mjs needs, and a JupyterLab with its Python kernel: the one of `cargo course lab`, or the command
// that $LAB names.

import assert from "node:assert/strict";
import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { after, before, test } from "node:test";
import { main } from "./check.mjs";
import { serve } from "./serve.mjs";

const LAB = process.env.LAB ?? ".course/lab/bin/jupyter lab";
const fixtures = path.join(import.meta.dirname, "fixtures");
let lab, dir;

before(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), "course-browser-"));
  const own = (name) => path.join(dir, name);
  lab = await serve(`${LAB} --no-browser --allow-root --ServerApp.root_dir='${fixtures}'`, {
    JUPYTER_CONFIG_DIR: own("config"),
    JUPYTER_DATA_DIR: own("data"),
    JUPYTER_RUNTIME_DIR: own("runtime"),
    JUPYTERLAB_SETTINGS_DIR: own("settings"),
    JUPYTERLAB_WORKSPACES_DIR: own("workspaces"),
    IPYTHONDIR: own("ipython"),
  });
});

after(async () => {
  await lab?.stop();
  await rm(dir, { recursive: true, force: true });
});

async function check(name, ...options) {
  const status = await main(["--url", lab.url, "--out", path.join(dir, "out"), ...options, `${name}.ipynb`]);
  const report = JSON.parse(await readFile(path.join(dir, "out", name, "report.json"), "utf8"));
  return { status, report, problems: report.problems };
}

test("a good notebook passes", async () => {
  const { status, report, problems } = await check("good");
  assert.deepEqual(problems, []);
  assert.equal(status, 0);
  const { pictures, tables, texts, hover_titles } = report.themes.dark;
  assert.deepEqual({ pictures, tables, texts, hover_titles }, { pictures: 1, tables: 1, texts: 8, hover_titles: 1 });
  const shots = await readdir(path.join(dir, "out", "good", "dark"));
  assert.ok(shots.length >= 1 && shots.every((file) => file.endsWith(".png")));
});

test("each fault is found in its cell", async () => {
  const { status, problems } = await check("bad");
  assert.equal(status, 1);
  const expected = [
    "cell 12: panic: thread 'main' panicked at src/lib.rs:1:1",
    "light theme: cell 3: a picture is hidden",
    "light theme: cell 4: a picture is empty",
    "light theme: cell 5: a picture is 4 by 4",
    /^light theme: cell 6: "a label without room" is cut off by \d+ pixels$/,
    /^light theme: cell 7: a picture is \d+ pixels too wide$/,
    "light theme: cell 8: a table is empty",
    /^light theme: cell 11: "wide, so small" has letters of \d\.\d pixels$/,
    "light theme: cell 9: of 1 pictures 0 are in the page",
    /^light theme: cell 2: "white ink" has a contrast of 1\.0: rgb\(255,255,255\) on rgb\(255,255,255\)$/,
    /^light theme: cell 10: "pale" has a contrast of 1\.\d/,
    /^dark theme: cell 1: "black ink" has a contrast of 1\.\d/,
    /^dark theme: cell 10: "pale" has a contrast of 1\.\d/,
  ];
  const missed = expected.filter((e) => !problems.some((p) => (e instanceof RegExp ? e.test(p) : e === p.trim())));
  assert.deepEqual(missed, [], problems.join("\n"));
  const wrong = problems.filter((p) => /dark theme: cell 2:|light theme: cell 1:/.test(p));
  assert.deepEqual(wrong, [], "ink that can be read in this theme");
});

test("an error stops the notebook, and too few pictures are a fault", async () => {
  const { status, problems } = await check("error", "--pictures", "2", "--tables", "0");
  assert.equal(status, 1);
  assert.deepEqual(problems, [
    "cell 1: error: ZeroDivisionError: division by zero",
    "cell 2: has not run",
    "expected at least 2 pictures, got 0",
  ]);
});

test("a notebook that is not there, and no notebook, cannot be checked", async () => {
  await assert.rejects(main(["--url", lab.url, "none.ipynb"]), /none\.ipynb: JupyterLab answers 404/);
  await assert.rejects(main([]), /name at least one notebook/);
});
