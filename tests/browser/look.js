// Runs in the page: finds pictures, tables and their words, and measures whether they can be seen and read.

window.courseLook = (() => {
  // WCAG 2.2, level AA: contrast of text; large text and marks need less.
  const LEAST = 4.5;
  const LEAST_LARGE = 3;
  // Letters smaller than this, in pixels, cannot be read; a picture that is too wide is made smaller by JupyterLab.
  const LEAST_SIZE = 9;
  // A picture or table smaller than this shows nothing.
  const LEAST_SIDE = 16;
  // Letters may touch the edge of a picture.
  const EDGE = 1;

  let state;

  const notebook = () => window.jupyterapp.shell.currentWidget.content;
  const viewport = () => notebook().node.querySelector(".jp-WindowedPanel-outer") ?? notebook().node;

  function begin() {
    const pictures = [];
    const tables = [];
    const texts = [];
    const problems = [];
    notebook().widgets.forEach((cell, i) => {
      const where = `cell ${i + 1}`;
      const outputs = cell.node.querySelectorAll(".jp-OutputArea-output");
      const drawn = [...outputs].flatMap((o) => [...o.querySelectorAll("svg, img, canvas")]).filter(isOutermost);
      const set = [...outputs].flatMap((o) => [...o.querySelectorAll("table")]);
      for (const node of drawn) pictures.push({ node, where });
      for (const node of set) tables.push({ node, where });
      // Plain text is JupyterLab's to show.
      const rich = [...outputs].filter((o) => !o.matches(".jp-RenderedText") && !o.querySelector(".jp-RenderedText"));
      for (const output of rich) texts.push(...wordsOf(output).map((text) => ({ ...text, where })));
      // What the kernel has sent and the page does not have was thrown away on the way.
      const sent = (cell.model.outputs?.toJSON() ?? []).map((o) => [o.data?.["text/html"] ?? ""].flat().join(""));
      const count = (tag) => sent.reduce((sum, html) => sum + html.split(new RegExp(`<${tag}[\\s>]`, "i")).length - 1, 0);
      const has = (selector) => [...outputs].flatMap((o) => [...o.querySelectorAll(selector)]).length;
      for (const [tag, name] of [["svg", "pictures"], ["table", "tables"]]) {
        if (has(tag) < count(tag)) problems.push(`${where}: of ${count(tag)} ${name} ${has(tag)} are in the page`);
      }
    });
    for (const { node, where } of pictures) problems.push(...faults(node, where, "picture", hasShapes(node)));
    for (const { node, where } of tables) problems.push(...faults(node, where, "table", node.innerText.trim() !== ""));
    for (const { node, words, where } of texts) problems.push(...cutOff(node, words, where));
    state = { pictures, tables, texts: new Set(texts), all: texts.length, problems, least: { ratio: 21 }, hidden: 0 };
    viewport().scrollTop = 0;
  }

  // Not an icon within a picture.
  function isOutermost(node) {
    return !node.parentElement.closest("svg");
  }

  function hasShapes(node) {
    if (node.tagName === "IMG") return node.naturalWidth > 0;
    if (node.tagName === "CANVAS") return node.width > 0;
    const shapes = [...node.querySelectorAll("path, rect, circle, ellipse, line, polyline, polygon, text, image, use")];
    return shapes.some((shape) => {
      const { width, height } = shape.getBoundingClientRect();
      return width + height > 0;
    });
  }

  function faults(node, where, what, isFull) {
    const { width, height } = node.getBoundingClientRect();
    const found = [];
    if (!node.checkVisibility({ opacityProperty: true, visibilityProperty: true })) found.push("is hidden");
    else if (!isFull) found.push("is empty");
    else if (width < LEAST_SIDE || height < LEAST_SIDE) found.push(`is ${Math.round(width)} by ${Math.round(height)}`);
    else {
      const place = node.closest(".jp-OutputArea-output");
      const over = node.getBoundingClientRect().right - place.getBoundingClientRect().right;
      if (over > EDGE) found.push(`is ${Math.round(over)} pixels too wide`);
    }
    return found.map((fault) => `${where}: a ${what} ${fault}`);
  }

  // The elements that hold words themselves, and those words.
  function wordsOf(root) {
    const found = new Map();
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode.parentElement;
      const words = walker.currentNode.textContent.trim();
      if (words === "" || node.closest("title, desc, style, script, defs, metadata")) continue;
      found.set(node, `${found.get(node) ?? ""} ${words}`.trim());
    }
    return [...found].map(([node, words]) => ({ node, words: words.slice(0, 60) }));
  }

  function cutOff(node, words, where) {
    const svg = node.ownerSVGElement;
    if (!svg || getComputedStyle(svg).overflow === "visible") return [];
    const [text, picture] = [node, svg].map((n) => n.getBoundingClientRect());
    const over = Math.max(
      picture.left - text.left,
      picture.top - text.top,
      text.right - picture.right,
      text.bottom - picture.bottom,
    );
    return over > EDGE ? [`${where}: ${JSON.stringify(words)} is cut off by ${over.toFixed(0)} pixels`] : [];
  }

  // Measures the words whose middle is in sight, each once.
  function inSight() {
    const { top, bottom } = viewport().getBoundingClientRect();
    for (const text of state.texts) {
      const box = text.node.getBoundingClientRect();
      const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
      if (y < top || y > bottom) continue;
      state.texts.delete(text);
      if (x < 0 || x > window.innerWidth || !text.node.checkVisibility({ visibilityProperty: true })) {
        state.hidden += 1;
        continue;
      }
      measure(text, x, y);
    }
  }

  function measure({ node, words, where }, x, y) {
    const style = getComputedStyle(node);
    const below = colourBelow(node, x, y);
    const ink = parse(node.ownerSVGElement ? style.fill : style.color);
    if (node.ownerSVGElement) ink.a *= Number(style.fillOpacity);
    ink.a *= opacityOf(node);
    const ratio = contrast(over(ink, below), below);
    const size = parseFloat(style.fontSize) * scaleOf(node);
    if (size < LEAST_SIZE) state.problems.push(`${where}: ${JSON.stringify(words)} has letters of ${size.toFixed(1)} pixels`);
    const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (ratio < state.least.ratio) state.least = { ratio, words, where };
    // A mark, such as the dot that stands for a space, is seen and not read.
    const isMark = !/[\p{L}\p{N}]/u.test(words);
    if (ratio < (isLarge || isMark ? LEAST_LARGE : LEAST)) {
      const [i, b] = [over(ink, below), below].map(({ r, g, b }) => `rgb(${[r, g, b].map(Math.round)})`);
      state.problems.push(`${where}: ${JSON.stringify(words)} has a contrast of ${ratio.toFixed(1)}: ${i} on ${b}`);
    }
  }

  function scaleOf(node) {
    const matrix = node.getScreenCTM?.();
    return matrix ? Math.hypot(matrix.a, matrix.b) : 1;
  }

  // The colour of what lies under the words: shapes of a picture, then backgrounds, down to the first that is solid.
  function colourBelow(node, x, y) {
    const all = document.elementsFromPoint(x, y);
    const at = all.findIndex((other) => node === other || node.contains(other));
    // What lies above the words, such as a notice in a corner of the window, does not count. Words that cannot be hit
    // have only their own ancestors.
    const below = at >= 0 ? all.slice(at + 1) : ancestors(node);
    const layers = [];
    const own = getComputedStyle(node);
    if (node.ownerSVGElement) {
      // A halo is drawn under its own letters.
      if (own.paintOrder.startsWith("stroke") && parseFloat(own.strokeWidth) > 0) layers.push(parse(own.stroke));
    } else {
      layers.push(parse(own.backgroundColor));
    }
    for (const under of below) {
      if (layers.at(-1)?.a >= 0.999) break;
      if (["text", "tspan"].includes(under.tagName)) continue;
      const style = getComputedStyle(under);
      const isShape = under.ownerSVGElement && !["svg", "g"].includes(under.tagName);
      const layer = parse(isShape ? style.fill : style.backgroundColor);
      if (isShape) layer.a *= Number(style.fillOpacity);
      layer.a *= opacityOf(under);
      if (layer.a > 0) layers.push(layer);
    }
    return layers.reverse().reduce((lower, layer) => over(layer, lower), { r: 255, g: 255, b: 255, a: 1 });
  }

  function ancestors(node) {
    return node.parentElement ? [node.parentElement, ...ancestors(node.parentElement)] : [];
  }

  function opacityOf(node) {
    return [node, ...ancestors(node)].reduce((product, n) => product * Number(getComputedStyle(n).opacity), 1);
  }

  // Any colour that the browser understands, as it draws it.
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const pen = canvas.getContext("2d", { willReadFrequently: true });

  function parse(colour) {
    if (!colour || colour === "none" || colour.startsWith("url(")) return { r: 0, g: 0, b: 0, a: 0 };
    pen.clearRect(0, 0, 1, 1);
    pen.fillStyle = colour;
    pen.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = pen.getImageData(0, 0, 1, 1).data;
    return { r, g, b, a: a / 255 };
  }

  function over(ink, below) {
    const mix = (channel) => ink[channel] * ink.a + below[channel] * (1 - ink.a);
    return { r: mix("r"), g: mix("g"), b: mix("b"), a: 1 };
  }

  function luminance({ r, g, b }) {
    const linear = (c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4);
    return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  }

  function contrast(a, b) {
    const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
    return (light + 0.05) / (dark + 0.05);
  }

  // Goes on by a page less a little, or says that this was the end.
  function next() {
    const view = viewport();
    const last = notebook().widgets.at(-1).node.getBoundingClientRect().bottom;
    if (last <= view.getBoundingClientRect().bottom) return false;
    const before = view.scrollTop;
    view.scrollTop += view.clientHeight - 60;
    return view.scrollTop > before;
  }

  function result() {
    // What has no place in the page, such as the explanation of an answer that nobody has given, is hidden and not missed.
    for (const text of state.texts) {
      if (text.node.getClientRects().length > 0) continue;
      state.texts.delete(text);
      state.hidden += 1;
    }
    const { pictures, tables, all, problems, least, hidden, texts } = state;
    if (texts.size > 0) problems.push(`${texts.size} texts never came into sight`);
    const titles = pictures.reduce((sum, { node }) => sum + node.querySelectorAll("title").length, 0);
    return {
      pictures: pictures.length,
      tables: tables.length,
      texts: all,
      hidden_texts: hidden,
      hover_titles: titles,
      contrast: least.ratio,
      least_contrast: least,
      problems,
    };
  }

  return { begin, inSight, next, result, contrast, parse };
})();
