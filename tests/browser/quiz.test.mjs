// A quiz that is answered by mouse and keyboard, in a page of its own and in JupyterLab, twice on each page:
// node --test tests/browser/quiz.test.mjs
//
// Needs what check.test.mjs needs. Screenshots are in target/browser/quiz.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { after, before, test } from "node:test";
import { launch } from "./check.mjs";
import { openNotebook } from "./lab.mjs";
import { serve } from "./serve.mjs";

const LAB = process.env.LAB ?? ".course/lab/bin/jupyter lab";
const ROOT = path.join(import.meta.dirname, "..", "..");
const SHOTS = path.join(ROOT, "target", "browser", "quiz");
const SECONDS = 60;
let browser, html, dir;

// $COURSE names a program that is built already.
const [program, ...first] = (process.env.COURSE ?? "cargo course").split(" ");
const course = (...given) => execFileSync(program, [...first, ...given], { cwd: ROOT, encoding: "utf8" });

before(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), "course-quiz-"));
  await mkdir(SHOTS, { recursive: true });
  html = course("quiz", "01_vectors", "--html");
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await rm(dir, { recursive: true, force: true });
});

// The part of the page that a notebook shows.
const part = () => html.slice(html.indexOf('<section class="course-quiz"'), html.lastIndexOf("</script>") + "</script>".length);

// Answers the second quiz of the page; the first stays as it was.
async function answer(page, shot) {
  const quizzes = page.locator(".course-quiz");
  assert.equal(await quizzes.count(), 2);
  const [other, quiz] = [quizzes.nth(0), quizzes.nth(1)];
  assert.equal(await quiz.getByText("run the cell").count(), 0, "the script has run");
  const question = (id) => quiz.locator(`form[data-id="${id}"]`);
  const told = (id) => question(id).locator(".told").innerText();
  const check = (id) => question(id).getByRole("button", { name: "Check" }).click();

  // A wrong choice has its own explanation, and so has the right one.
  await check("hot-and-cold");
  assert.equal(await told("hot-and-cold"), "Choose one.");
  await question("hot-and-cold").getByText("They often occur beside each other").click();
  await check("hot-and-cold");
  assert.match(await told("hot-and-cold"), /^✗ Not yet\. That they do, but it is not needed/);
  await question("hot-and-cold").getByText("They occur in the same contexts").click();
  await check("hot-and-cold");
  assert.match(await told("hot-and-cold"), /^✓ Right\. The water is …/);
  assert.match(await told("hot-and-cold"), /And not The vectors have too few dimensions/);

  // A number, from the keyboard alone.
  const number = question("one-hot-distance").getByRole("textbox");
  for (const [typed, expected] of [
    ["two", /^A number, please/],
    ["2", /^✗ Not yet\. That is the squared distance/],
    ["5", /^✗ Not yet\. Write down the difference/],
    ["1,414", /^✓ Right\. The difference has a 1/],
  ]) {
    await number.fill(typed);
    await number.press("Enter");
    assert.match(await told("one-hot-distance"), expected);
  }
  assert.ok((await question("one-hot-distance").locator(".told math").count()) > 0, "formulas in explanations");

  // Several choices: some that are right are not all.
  const all = await question("scaled").locator("label").filter({ hasText: "the order of all other words" });
  await all.locator("input").focus();
  await page.keyboard.press("Space");
  await check("scaled");
  assert.match(await told("scaled"), /There are more that are right/);

  // The order, by the buttons that move an item.
  const steps = question("analogy-steps");
  const wanted = [/^Look up/, /^Compute (?!the)/, /^Compute the cosine/, /^Take the word/];
  for (const [to, text] of wanted.entries()) {
    for (;;) {
      const items = await steps.locator("li > span").allInnerTexts();
      const at = items.findIndex((item) => text.test(item.replace(/\s+/g, " ")));
      assert.ok(at >= 0, `${text} in ${items}`);
      if (at <= to) break;
      await steps.locator("li").nth(at).getByRole("button", { name: "move up" }).focus();
      await page.keyboard.press("Enter");
    }
  }
  await check("analogy-steps");
  assert.match(await told("analogy-steps"), /^✓ Right\./);

  const end = await quiz.locator(".end").innerText();
  assert.match(end, /3 of 6 points\. 4 of 6 questions answered, 1 right at the first try/);
  assert.equal(await other.locator(".told").allInnerTexts().then((texts) => texts.join("")), "", "the other quiz is as it was");
  await quiz.screenshot({ path: path.join(SHOTS, `${shot}.png`) });

  // The terminal marks the same answers in the same way.
  const file = path.join(dir, "answers.toml");
  await writeFile(file, await quiz.getByRole("textbox", { name: "your answers" }).inputValue());
  const marked = JSON.parse(course("quiz", "01_vectors", "--answers", file, "--json"));
  assert.equal(marked.points, 3);
  const outcomes = Object.fromEntries(marked.questions.map(({ id, outcome }) => [id, outcome]));
  assert.equal(outcomes.scaled, "wrong");
  assert.equal(outcomes["by-hand"], "not_answered");
}

test("a page of its own", async () => {
  const file = path.join(dir, "quiz.html");
  await writeFile(file, html.replace("</main>", () => `${part()}</main>`));
  for (const colorScheme of ["light", "dark"]) {
    const page = await browser.newPage({ colorScheme });
    const faults = [];
    page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
    page.on("pageerror", (error) => faults.push(String(error)));
    await page.goto(`file://${file}`);
    await answer(page, `page-${colorScheme}`);
    assert.deepEqual(faults, []);
    await page.close();
  }
});

test("in JupyterLab", async () => {
  const own = (name) => path.join(dir, name);
  const lab = await serve(`${LAB} --no-browser --allow-root --ServerApp.root_dir='${dir}'`, {
    JUPYTER_CONFIG_DIR: own("config"),
    JUPYTER_DATA_DIR: own("data"),
    JUPYTER_RUNTIME_DIR: own("runtime"),
    JUPYTERLAB_SETTINGS_DIR: own("settings"),
    JUPYTERLAB_WORKSPACES_DIR: own("workspaces"),
    IPYTHONDIR: own("ipython"),
  });
  try {
    await writeFile(own("part.html"), part());
    const cell = (id) => ({
      cell_type: "code",
      execution_count: null,
      id,
      metadata: {},
      outputs: [],
      source: ["from IPython.display import HTML\n", "HTML(open('part.html').read())"],
    });
    const kernelspec = { display_name: "Python 3 (ipykernel)", language: "python", name: "python3" };
    const notebook = { cells: [cell("one"), cell("two")], metadata: { kernelspec }, nbformat: 4, nbformat_minor: 5 };
    await writeFile(own("quiz.ipynb"), JSON.stringify(notebook));
    const open = await openNotebook(browser, lab.url, "quiz.ipynb", 1000 * SECONDS);
    try {
      await open.runAll();
      await answer(open.page, "lab-light");
      assert.equal(await open.page.evaluate(() => window.jupyterapp.shell.currentWidget.content.widgets.length), 2, "no shortcut has made a cell");
      await open.theme("JupyterLab Dark");
      await open.page.locator(".course-quiz").nth(1).screenshot({ path: path.join(SHOTS, "lab-dark.png") });
    } finally {
      await open.close();
    }
  } finally {
    await lab.stop();
  }
});
