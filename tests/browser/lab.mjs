// A notebook in JupyterLab: opened, run, looked at, closed, with nothing changed on the server but a kernel that
// comes and goes; and, where a test asks for it, edited and saved.

import { mkdir } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const WIDTH = 1280;
const HEIGHT = 900;

export async function openNotebook(browser, url, notebook, timeout, { saves = false } = {}) {
  const { origin, pathname, searchParams } = new URL(url);
  const base = origin + pathname.replace(/\/(lab.*)?$/, "");
  const token = searchParams.get("token") ?? "";
  const context = await browser.newContext({
    viewport: { width: WIDTH, height: HEIGHT },
    extraHTTPHeaders: token ? { Authorization: `token ${token}` } : {},
  });
  context.setDefaultTimeout(timeout);
  const page = await context.newPage();
  const encoded = notebook.split("/").map(encodeURIComponent).join("/");
  const contents = `${base}/api/contents/${encoded}`;
  const before = await page.request.get(contents);
  if (!before.ok()) {
    await context.close();
    throw new Error(`${notebook}: JupyterLab answers ${before.status()}; is it below JupyterLab's root folder?`);
  }
  // A kernel that runs already has seen other cells, and is someone else's to end.
  const sessions = await (await page.request.get(`${base}/api/sessions`)).json();
  if (sessions.some((session) => session.path === notebook)) {
    await context.close();
    throw new Error(`${notebook} has a kernel that runs already; end it first`);
  }
  const lab = new Lab(page, { base, contents, notebook, timeout, saves, before: await before.json() });
  try {
    await lab.open(`${base}/lab/tree/${encoded}?reset`);
  } catch (error) {
    await lab.close();
    throw error;
  }
  return lab;
}

// Runs in the page, before its own scripts: sets the option of JupyterLab that makes `window.jupyterapp`.
function exposeApp() {
  const watch = new MutationObserver(() => {
    const config = document.getElementById("jupyter-config-data");
    if (!config) return;
    watch.disconnect();
    config.textContent = JSON.stringify({ ...JSON.parse(config.textContent), exposeAppInBrowser: true });
  });
  watch.observe(document, { childList: true, subtree: true });
}

class Lab {
  constructor(page, given) {
    Object.assign(this, given, { page, seconds: {} });
  }

  async open(address) {
    const { page, timeout } = this;
    await this.keepServerAsItIs();
    await page.addInitScript(exposeApp);
    await page.addInitScript({ path: path.join(import.meta.dirname, "look.js") });
    const begun = Date.now();
    await page.goto(address);
    await page.waitForFunction(() => window.jupyterapp?.shell.currentWidget?.sessionContext, null, { timeout });
    // JupyterLab keeps cells that are out of sight out of the page; here all of them are wanted.
    await page.evaluate(() => {
      const { content } = window.jupyterapp.shell.currentWidget;
      content.notebookConfig = { ...content.notebookConfig, windowingMode: "none" };
    });
    this.seconds.page = (Date.now() - begun) / 1000;
    const kernel = page.waitForFunction(
      () => {
        const dialog = document.querySelector(".jp-Dialog");
        if (dialog) return { dialog: dialog.textContent };
        const { session, isReady } = window.jupyterapp.shell.currentWidget.sessionContext;
        const status = session?.kernel?.status;
        return isReady && status === "idle" ? { name: session.kernel.name } : false;
      },
      null,
      { timeout },
    );
    const state = await (await kernel).jsonValue();
    if (state.dialog) throw new Error(`${this.notebook}: JupyterLab asks: ${state.dialog}`);
    this.seconds.kernel = (Date.now() - begun) / 1000 - this.seconds.page;
  }

  // Answers in the server's place whatever would change it.
  async keepServerAsItIs() {
    const { page } = this;
    const changes = (route) => ["PUT", "PATCH", "POST", "DELETE"].includes(route.request().method());
    await page.route(/\/lab\/api\/workspaces/, (route) =>
      changes(route) ? route.fulfill({ status: 204 }) : route.fallback(),
    );
    // JupyterLab reads each setting again after it has written it.
    const written = new Map();
    await page.route(/\/lab\/api\/settings\/./, async (route) => {
      const id = new URL(route.request().url()).pathname;
      if (changes(route)) {
        written.set(id, route.request().postDataJSON().raw);
        return route.fulfill({ status: 204 });
      }
      if (!written.has(id)) return route.fallback();
      const answer = await route.fetch();
      return route.fulfill({ response: answer, json: { ...(await answer.json()), raw: written.get(id) } });
    });
    await page.route(/\/api\/contents\//, async (route) => {
      if (this.saves || !changes(route)) return route.fallback();
      if (route.request().url().includes("/checkpoints")) {
        return route.fulfill({ status: 201, json: { id: "checkpoint", last_modified: new Date().toISOString() } });
      }
      const { content: _, ...saved } = this.before;
      return route.fulfill({ status: 200, json: { ...saved, content: null, format: null } });
    });
  }

  // Writes the source of a cell, as if it had been typed.
  async edit(number, source) {
    await this.page.evaluate(
      ([at, text]) => window.jupyterapp.shell.currentWidget.content.widgets[at].model.sharedModel.setSource(text),
      [number - 1, source],
    );
  }

  async save() {
    await this.page.evaluate(() => window.jupyterapp.commands.execute("docmanager:save"));
  }

  // File > Reload Notebook from Disk.
  async reload() {
    await this.page.evaluate(() => window.jupyterapp.shell.currentWidget.context.revert());
  }

  sources() {
    return this.page.evaluate(() =>
      window.jupyterapp.shell.currentWidget.content.widgets.map((cell) => cell.model.sharedModel.source),
    );
  }

  // Run > Run All Cells; the seconds until the last has finished.
  async runAll() {
    const { page, timeout } = this;
    const begun = Date.now();
    await page.locator(".lm-MenuBar-item", { hasText: /^Run$/ }).click();
    await page.locator(".lm-Menu-itemLabel", { hasText: /^Run All Cells$/ }).click();
    // An idle kernel alone says nothing: between two cells it is idle, too.
    let quiet = 0;
    while (quiet < 3) {
      if (Date.now() - begun > timeout) throw new Error(`${this.notebook}: cells still run after ${timeout / 1000} s`);
      await sleep(100);
      const busy = await page.evaluate(() => {
        const { content, sessionContext } = window.jupyterapp.shell.currentWidget;
        const code = content.widgets.filter((cell) => cell.model.type === "code");
        const waiting = code.some((cell) => cell.promptNode?.textContent.includes("*"));
        const begun = code.some((cell) => cell.model.executionCount !== null);
        return waiting || (code.length > 0 && !begun) || sessionContext.session?.kernel?.status !== "idle";
      });
      quiet = busy ? 0 : quiet + 1;
    }
    await page.mouse.move(0, 0);
    // The quiet itself is not the notebook's.
    return (Date.now() - begun) / 1000 - 0.3;
  }

  // What each code cell has put out, and what is wrong with it.
  cells() {
    return this.page.evaluate(() => {
      const plain = (text) => text.replace(/\x1b\[[0-9;]*m/g, "");
      return window.jupyterapp.shell.currentWidget.content.widgets
        .map((cell, i) => ({ cell, number: i + 1 }))
        .filter(({ cell }) => cell.model.type === "code" && cell.model.sharedModel.source.trim() !== "")
        .map(({ cell, number }) => {
          const outputs = cell.model.outputs.toJSON();
          const tags = cell.model.getMetadata("tags") ?? [];
          const problems = [];
          if (cell.model.executionCount === null) problems.push("has not run");
          for (const output of outputs) {
            const text = [output.text ?? ""].flat().join("");
            if (output.output_type === "error" && !tags.includes("raises-exception")) {
              problems.push(`error: ${plain(`${output.ename}: ${output.evalue}`).slice(0, 500)}`);
            }
            // The Rust kernel calls a cell that has panicked a success.
            if (output.name === "stderr" && /^thread '.*panicked at /m.test(text)) {
              problems.push(`panic: ${plain(text).slice(0, 500)}`);
            }
          }
          const kinds = outputs.map((o) => (o.data ? Object.keys(o.data).join(" ") : (o.name ?? o.output_type)));
          return { number, execution_count: cell.model.executionCount, outputs: kinds, problems };
        });
    });
  }

  async theme(name) {
    await this.page.evaluate(async (theme) => {
      await window.jupyterapp.commands.execute("apputils:change-theme", { theme });
    }, name);
    await this.page.waitForFunction((theme) => document.body.dataset.jpThemeName === theme, name);
    // Styles of the new theme reach the page a little after its name.
    await sleep(500);
  }

  // Scrolls through the notebook: looks at what is in sight and takes a screenshot, page by page.
  async look(folder) {
    await mkdir(folder, { recursive: true });
    await this.page.evaluate(() => window.courseLook.begin());
    const screenshots = [];
    for (let more = true; more; ) {
      const file = path.join(folder, `${String(screenshots.length + 1).padStart(2, "0")}.png`);
      // A frame for the browser to draw what has come into sight.
      await this.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 50))));
      await this.page.evaluate(() => window.courseLook.inSight());
      await this.page.screenshot({ path: file });
      screenshots.push(file);
      more = await this.page.evaluate(() => window.courseLook.next());
    }
    return { ...(await this.page.evaluate(() => window.courseLook.result())), screenshots };
  }

  async isUnchanged() {
    const now = await (await this.page.request.get(this.contents)).json();
    return JSON.stringify(now.content) === JSON.stringify(this.before.content);
  }

  // Ends the notebook's kernel, and no other.
  async close() {
    const { page, base } = this;
    const id = await page.evaluate(() => window.jupyterapp?.shell.currentWidget?.sessionContext.session?.id).catch(() => null);
    if (id) {
      // The server wants the cookie's token repeated in what changes something.
      const cookies = await page.context().cookies();
      const xsrf = cookies.find((cookie) => cookie.name === "_xsrf")?.value ?? "";
      await page.request.delete(`${base}/api/sessions/${id}`, { headers: { "X-XSRFToken": xsrf } }).catch(() => null);
    }
    await page.context().close();
  }
}
