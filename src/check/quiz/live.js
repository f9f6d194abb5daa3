
// Opens the seals of a quiz when its questions are answered; how a seal is made stands in seal.rs. All quizzes of the
// page that are not live yet become so: each brings this script, and the first that runs wakes them.
(() => {
  "use strict";

  // SHA-256 (FIPS 180-4), since the browser's own is there for secure pages alone.
  const ROUNDS = (() => {
    const primes = [];
    for (let n = 2; primes.length < 64; n++) if (primes.every((p) => n % p)) primes.push(n);
    const bits = (x) => ((x - Math.floor(x)) * 2 ** 32) | 0;
    return { start: primes.slice(0, 8).map((p) => bits(Math.sqrt(p))), constants: primes.map((p) => bits(Math.cbrt(p))) };
  })();

  function sha256(message) {
    const length = message.length;
    const bytes = new Uint8Array(((length + 8 >> 6) + 1) << 6);
    bytes.set(message);
    bytes[length] = 0x80;
    const view = new DataView(bytes.buffer);
    view.setUint32(bytes.length - 4, length * 8);
    const state = [...ROUNDS.start];
    const turn = (x, n) => (x >>> n) | (x << (32 - n));
    for (let at = 0; at < bytes.length; at += 64) {
      const w = Array.from({ length: 16 }, (_, i) => view.getInt32(at + 4 * i));
      for (let i = 16; i < 64; i++) {
        const [a, b] = [w[i - 15], w[i - 2]];
        w[i] = (w[i - 16] + w[i - 7] + (turn(a, 7) ^ turn(a, 18) ^ (a >>> 3)) + (turn(b, 17) ^ turn(b, 19) ^ (b >>> 10))) | 0;
      }
      let [a, b, c, d, e, f, g, h] = state;
      for (let i = 0; i < 64; i++) {
        const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + ROUNDS.constants[i] + w[i]) | 0;
        const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
        [a, b, c, d, e, f, g, h] = [(one + two) | 0, a, b, c, (d + one) | 0, e, f, g];
      }
      [a, b, c, d, e, f, g, h].forEach((x, i) => (state[i] = (state[i] + x) | 0));
    }
    const digest = new DataView(new ArrayBuffer(32));
    state.forEach((x, i) => digest.setInt32(4 * i, x));
    return new Uint8Array(digest.buffer);
  }

  // The text that was sealed for this answer, or null.
  function open(quiz, question, answer, sealed) {
    const key = sha256(new TextEncoder().encode(`${quiz}\0${question}\0${answer}`));
    const bytes = Uint8Array.from(sealed.match(/../g) ?? [], (pair) => parseInt(pair, 16));
    for (let i = 0; 32 * i < bytes.length; i++) {
      const block = new Uint8Array(36);
      block.set(key);
      new DataView(block.buffer).setUint32(32, i);
      sha256(block).forEach((byte, j) => (bytes[32 * i + j] ^= byte));
    }
    try {
      const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
      return text.startsWith("quiz") ? text.slice(4).trimEnd() : null;
    } catch {
      return null;
    }
  }

  const make = (tag, properties, ...children) => {
    const node = Object.assign(document.createElement(tag), properties);
    node.append(...children);
    return node;
  };

  // What an answer to a question is: the value for answers.toml, whether it is right, and what is told.
  function readers(quiz, form) {
    const { id, right, width, otherwise } = form.dataset;
    const unseal = (answer, sealed) => open(quiz, id, answer, sealed);
    const inputs = [...form.querySelectorAll("input[name=choice]")];
    const chosen = (input) => {
      const [verdict, ...why] = (unseal(`choice ${input.value}`, input.dataset.sealed) ?? "").split("\n");
      return { verdict, why: why.join("\n"), input };
    };
    const mark = (told) => {
      inputs.forEach((input) => (input.closest("label").className = ""));
      told.forEach(({ input, verdict }) => (input.closest("label").className = input.checked ? verdict : ""));
    };
    return {
      single() {
        const picked = inputs.find((input) => input.checked);
        if (!picked) return { none: "Choose one." };
        const told = chosen(picked);
        mark([told]);
        const isRight = told.verdict === "right";
        const others = isRight ? inputs.filter((input) => input !== picked).map(chosen) : [];
        return { value: JSON.stringify(picked.value), isRight, told: [told], others };
      },
      multiple() {
        const picked = inputs.filter((input) => input.checked);
        const ids = picked.map((input) => input.value).sort();
        const isRight = unseal(`set ${ids.join(",")}`, right) !== null;
        const told = picked.map(chosen);
        mark(told);
        if (!isRight && told.every(({ verdict }) => verdict === "right")) {
          told.push({ verdict: "wrong", why: "There are more that are right." });
        }
        const others = isRight ? inputs.filter((input) => !input.checked).map(chosen) : [];
        return { value: `[${ids.map((x) => JSON.stringify(x)).join(", ")}]`, isRight, told, others };
      },
      number() {
        const text = form.elements.number.value.trim().replace(",", ".").replace("−", "-");
        const x = Number(text);
        if (text === "" || !Number.isFinite(x)) return { none: "A number, please, such as 0.5 or 1e-3." };
        const value = Number.isInteger(x) && Math.abs(x) < 1e15 ? String(x) : x.toString().replace(/^(-?\d+)e/, "$1.0e");
        for (const [i, place] of [...form.querySelectorAll("[data-offset]")].entries()) {
          const cell = Math.floor((x - Number(place.dataset.offset)) / Number(width) + 0.5) + 0;
          const text = unseal(`number ${i} ${cell}`, place.dataset.sealed);
          if (text === null) continue;
          const [verdict, ...why] = text.split("\n");
          return { value, isRight: verdict === "right", told: [{ verdict, why: why.join("\n") }] };
        }
        return { value, isRight: false, told: [{ verdict: "wrong", why: unseal("otherwise", otherwise) ?? "" }] };
      },
      order() {
        const items = [...form.querySelectorAll("[data-item]")];
        const ids = items.map((item) => item.dataset.item);
        const told = [];
        for (const [i, step] of [...form.querySelectorAll("[data-sealed]")].entries()) {
          const why = unseal(`order ${ids.slice(0, i + 1).join(",")}`, step.dataset.sealed);
          if (why === null) break;
          told.push({ verdict: "right", why: `<b>${i + 1}.</b> ${why}` });
        }
        const isRight = told.length === ids.length;
        if (!isRight) {
          const place = told.length === 0 ? "This is not the first:" : "This is not the next:";
          told.push({ verdict: "wrong", why: `${place} ${items[told.length].querySelector("span").innerHTML}` });
        }
        return { value: `[${ids.map((x) => JSON.stringify(x)).join(", ")}]`, isRight, told };
      },
    };
  }

  function sortable(form) {
    for (const item of form.querySelectorAll("[data-item]")) {
      const move = (sign, name, to) => {
        const button = make("button", { type: "button", textContent: sign, title: name });
        button.setAttribute("aria-label", `${name}: ${item.textContent.trim()}`);
        button.onclick = () => {
          to(item);
          button.focus();
        };
        return button;
      };
      item.prepend(
        move("↑", "move up", (item) => item.previousElementSibling?.before(item)),
        move("↓", "move down", (item) => item.nextElementSibling?.after(item)),
      );
    }
  }

  function wake(root) {
    root.dataset.live = "";
    root.querySelector(".asleep")?.remove();
    const { quiz } = root.dataset;
    const forms = [...root.querySelectorAll("form")];
    const given = new Map(); // question -> { value, isRight, tries }
    const end = root.querySelector(".end");
    const score = make("p", {});
    score.setAttribute("role", "status");
    const file = make("textarea", { readOnly: true, rows: 4 });
    file.setAttribute("aria-label", "your answers");
    const copy = make("button", { type: "button", textContent: "Copy the answers" });
    copy.onclick = async () => {
      file.select();
      try {
        await navigator.clipboard.writeText(file.value);
      } catch {
        document.execCommand("copy");
      }
      copy.textContent = "Copied";
      setTimeout(() => (copy.textContent = "Copy the answers"), 1500);
    };
    end.append(score, make("p", { innerHTML: "To hand them in, save this as <code>answers.toml</code>:" }), file, copy);

    const sum = () => {
      const points = (some) => some.reduce((sum, form) => sum + Number(form.dataset.points), 0);
      const isRight = (form) => given.get(form.dataset.id)?.isRight;
      const first = forms.filter((form) => isRight(form) && given.get(form.dataset.id).tries === 1).length;
      score.innerHTML = `<b>${points(forms.filter(isRight))} of ${points(forms)} points.</b> ${given.size} of ${forms.length} questions answered, ${first} right at the first try.`;
      const lines = [...given.keys()].sort().map((id) => `${id} = ${given.get(id).value}\n`);
      file.value = `quiz = ${JSON.stringify(quiz)}\n\n[answers]\n${lines.join("")}`;
      file.rows = lines.length + 3;
      end.hidden = false;
    };

    for (const form of forms) {
      const { id, kind } = form.dataset;
      if (kind === "order") sortable(form);
      const told = form.querySelector(".told");
      form.querySelector("fieldset").append(make("div", {}, make("button", { type: "submit", textContent: "Check" })));
      const read = readers(quiz, form)[kind];
      // Keys are the quiz's alone: JupyterLab's notebook listens further up.
      form.addEventListener("keydown", (event) => {
        event.stopPropagation();
        if (event.key !== "Enter" || event.target.tagName !== "INPUT") return;
        event.preventDefault();
        form.requestSubmit();
      });
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        const answer = read();
        told.replaceChildren();
        if (answer.none) return told.append(make("div", { textContent: answer.none }));
        const tries = (given.get(id)?.tries ?? 0) + 1;
        const before = given.get(id);
        given.set(id, { ...answer, tries: before?.isRight ? before.tries : tries });
        const verdict = answer.isRight ? "<b>✓ Right.</b>" : "<b>✗ Not yet.</b>";
        answer.told.forEach((one, i) => {
          told.append(make("div", { className: one.verdict, innerHTML: `${i === 0 ? `${verdict} ` : ""}${one.why}` }));
        });
        if (answer.told.length === 0) told.append(make("div", { className: answer.isRight ? "right" : "wrong", innerHTML: verdict }));
        for (const { input, why } of answer.others ?? []) {
          const text = input.closest("label").querySelector("span").innerHTML;
          told.append(make("div", { className: "other", innerHTML: `<b>And not</b> ${text} ${why}` }));
        }
        sum();
      });
    }
    // JupyterLab looks for a shortcut from the focused element upwards, and for this mark likewise.
    root.querySelectorAll("input, button, textarea").forEach((node) => (node.dataset.lmSuppressShortcuts = "true"));
  }

  document.querySelectorAll(".course-quiz:not([data-live])").forEach(wake);
})();
