// Opens notebooks in JupyterLab as a student does, runs all cells, and looks at the page.
//
//   node tests/browser/check.mjs [options] NOTEBOOK…
//
// NOTEBOOK is a path below JupyterLab's root folder, such as notebooks/01_vectors.ipynb. A notebook passes when
//
//   * every cell with source has run, and none has shown an error or a panic;
//   * every picture and table that a cell has put out is in the page, and none is empty or hidden;
//   * every word in them, and in other rich output, can be read in the light and in the dark theme (contrast of WCAG
//     2.2, level AA, and letters of 9 pixels), and no word of a picture is cut off by its edge;
//   * there are at least as many pictures and tables as asked for, and the file on disk is as it was.
//
// In --out lie a report.json and screenshots of the whole notebook in both themes, to be looked at. Exit status: 0 all
// passed, 1 something is wrong with a notebook, 2 the check itself could not be done.
//
// Needs Node 20, `npm ci` in this folder, and Chromium or Chrome ($CHROMIUM or --chromium says where, if not on the PATH).

import { mkdir, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";
import { openNotebook } from "./lab.mjs";
import { serve } from "./serve.mjs";

const OPTIONS = {
  url: { type: "string" }, // of a JupyterLab that runs, with ?token=…; without it, one is started
  lab: { type: "string" }, // the command that starts one
  out: { type: "string", default: "target/browser" },
  pictures: { type: "string", default: "1" },
  tables: { type: "string", default: "1" },
  timeout: { type: "string", default: "300" }, // seconds for the kernel to start, and again for all cells to run
  chromium: { type: "string", default: process.env.CHROMIUM ?? findChromium() },
};

const CHROMIUM_FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export function launch(executablePath = OPTIONS.chromium.default) {
  return chromium.launch({ executablePath, args: CHROMIUM_FLAGS });
}

// The themes, by the names of JupyterLab.
const THEMES = { light: "JupyterLab Light", dark: "JupyterLab Dark" };

async function checkNotebook(browser, url, notebook, options) {
  const name = path.basename(notebook, ".ipynb");
  const out = path.join(options.out, name);
  await mkdir(out, { recursive: true });
  const lab = await openNotebook(browser, url, notebook, 1000 * Number(options.timeout));
  const problems = [];
  const report = { notebook, seconds: lab.seconds, problems };
  try {
    report.seconds.run = await lab.runAll();
    report.cells = await lab.cells();
    for (const cell of report.cells) {
      problems.push(...cell.problems.map((problem) => `cell ${cell.number}: ${problem}`));
    }
    report.themes = {};
    for (const [short, theme] of Object.entries(THEMES)) {
      await lab.theme(theme);
      const seen = await lab.look(path.join(out, short));
      report.themes[short] = seen;
      problems.push(...seen.problems.map((problem) => `${short} theme: ${problem}`));
    }
    const { pictures, tables } = report.themes.light;
    for (const [what, got, least] of [
      ["pictures", pictures, Number(options.pictures)],
      ["tables", tables, Number(options.tables)],
    ]) {
      if (got < least) problems.push(`expected at least ${least} ${what}, got ${got}`);
    }
    if (!(await lab.isUnchanged())) problems.push("the file on disk has changed");
  } finally {
    await lab.close();
  }
  await writeFile(path.join(out, "report.json"), JSON.stringify(report, null, 2) + "\n");
  return report;
}

function say(report) {
  const { seconds, problems, themes } = report;
  const verdict = problems.length === 0 ? "passed" : "FAILED";
  const { pictures, tables, texts } = themes.light;
  const [light, dark] = ["light", "dark"].map((theme) => themes[theme].contrast.toFixed(1));
  console.log(
    `${report.notebook}: ${verdict}; kernel ${seconds.kernel.toFixed(1)} s, cells ${seconds.run.toFixed(1)} s; ` +
      `${pictures} pictures, ${tables} tables, ${texts} texts, least contrast ${light} light, ${dark} dark`,
  );
  for (const problem of problems) console.log(`  ${problem}`);
}

function findChromium() {
  const folders = (process.env.PATH ?? "").split(path.delimiter);
  const names = ["chromium", "chromium-browser", "google-chrome"];
  const found = names.flatMap((name) => folders.map((folder) => path.join(folder, name))).find(existsSync);
  return found ?? "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";
}

export async function main(args) {
  const { values: options, positionals: notebooks } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
  if (notebooks.length === 0) throw new Error("name at least one notebook");
  if (!existsSync(options.chromium)) throw new Error(`no browser at "${options.chromium}": install Chromium, or name one with --chromium`);
  const lab = options.url ? { url: options.url, stop: async () => {} } : await serve(options.lab);
  try {
    const browser = await launch(options.chromium);
    try {
      let good = true;
      for (const notebook of notebooks) {
        const report = await checkNotebook(browser, lab.url, notebook, options);
        say(report);
        good &&= report.problems.length === 0;
      }
      return good ? 0 : 1;
    } finally {
      await browser.close();
    }
  } finally {
    await lab.stop();
  }
}

if (import.meta.filename === process.argv[1]) {
  try {
    process.exitCode = await main(process.argv.slice(2));
  } catch (error) {
    console.error(`browser check: ${error.message}`);
    process.exitCode = 2;
  }
}
