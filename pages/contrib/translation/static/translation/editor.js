/* The translator's editor without reloading: words are kept while they are typed, accepted by a key, and shown
   in the preview. Every button works without this file, too: each row is a form. */

const editor = document.querySelector("[data-translation-editor]");
const SAYS = JSON.parse(document.getElementById("translation-words").textContent);
const KEEP_AFTER = 2500;
const CHECK_AFTER = 600;

const said = editor.querySelector("[data-said]");
const rows = () => [...editor.querySelectorAll("[data-segment]")];
const rowOf = (id) => editor.querySelector(`[data-segment="${id}"]`);
const wordsOf = (row) => row.querySelector("[data-words]");
const isOpen = (row) => row.dataset.open === "true";

let current = null;
/* What each row's field held when it was last stored, and the requests of a row, one after the other. */
const stored = new Map();
const queues = new Map();
const timers = new Map();

function say(text) {
  said.textContent = "";
  // A live region tells only what is new: the same sentence twice needs a pause.
  if (text) setTimeout(() => { said.textContent = text; }, 50);
}

/* --- Talking to the server --- */

const attic = (row) => `translation:${row.getAttribute("action")}`;

function sendNow(row, button, leaving) {
  const data = new FormData(row);
  data.set("do", button);
  return fetch(row.getAttribute("action"), {
    method: "POST", body: data, headers: { "X-Requested-With": "XMLHttpRequest" }, keepalive: leaving,
  });
}

function send(row, button) {
  const id = row.dataset.segment;
  // Not on the row itself: it may be replaced by the answer of the request before.
  const request = (queues.get(id) || Promise.resolve()).then(async () => {
    const now = rowOf(id);
    const typed = wordsOf(now).value;
    try {
      const response = await sendNow(now, button, false);
      const isData = (response.headers.get("content-type") || "").includes("json");
      if (!isData) throw new Error(response.status === 403 || response.redirected ? SAYS.ended : SAYS.notSaved);
      const answer = await response.json();
      localStorage.removeItem(attic(now));
      return { ...answer, typed };
    } catch (error) {
      localStorage.setItem(attic(now), typed);
      say(Object.values(SAYS).includes(error.message) ? error.message : SAYS.notSaved);
      return null;
    }
  });
  queues.set(id, request);
  return request;
}

/* --- One row --- */

const isDirty = (row) => wordsOf(row).value !== stored.get(row.dataset.segment);

function remember(row) {
  const field = wordsOf(row);
  stored.set(row.dataset.segment, field.value);
  // A term is inserted where the cursor is: behind the words while nobody has put it elsewhere.
  field.setSelectionRange(field.value.length, field.value.length);
}

function setState(row, text) {
  row.querySelector("[data-state]").textContent = text;
}

async function keep(row) {
  clearTimeout(timers.get(row.dataset.segment));
  if (!isDirty(row) || wordsOf(row).readOnly) return;
  const answer = await send(row, "keep");
  if (!answer) return;
  if (answer.isDone) {
    stored.set(row.dataset.segment, answer.typed);
    row.elements.version.value = answer.version;
    if (!isDirty(row)) setState(row, answer.state);
    row.dataset.open = "true";
  } else {
    replace(answer);
    say(answer.said);
  }
}

/* Change the number at a filter of the list. */
function count(kind, change) {
  const place = editor.querySelector(`[data-count="${kind}"]`);
  if (place) place.textContent = change(Number(place.textContent));
}

/* Put the rows of an answer in the place of the old ones; what was typed since stays. */
function replace(answer) {
  for (const [id, html] of Object.entries(answer.rows)) {
    const old = rowOf(id);
    if (!old) continue;
    const before = wordsOf(old).value;
    const wentOn = before !== stored.get(id) && before !== answer.typed;
    const template = document.createElement("template");
    template.innerHTML = html.trim();
    const fresh = template.content.firstElementChild;
    const matches = old.querySelector("[data-matches]");
    count("findings", (number) => number + (fresh.dataset.found === "true") - (old.dataset.found === "true"));
    if (current === old) current = fresh;
    old.replaceWith(fresh);
    remember(fresh);
    if (wentOn) {
      wordsOf(fresh).value = before;
      changed(fresh);
    }
    if (matches?.dataset.loaded) fresh.querySelector("[data-matches]")?.replaceWith(matches);
  }
  if (answer.progress) editor.querySelector("[data-progress]").innerHTML = answer.progress;
  const many = editor.querySelector("[data-many]");
  if (many && "many" in answer) many.innerHTML = answer.many;
  for (const [kind, number] of Object.entries(answer.counts || {})) count(kind, () => number);
}

async function press(row, button) {
  clearTimeout(timers.get(row.dataset.segment));
  const id = row.dataset.segment;
  const field = document.activeElement?.name;
  say(SAYS.saving);
  const answer = await send(row, button);
  if (!answer) return;
  replace(answer);
  say(answer.left === 0 && button === "accept" ? `${answer.said} ${SAYS.allDone}` : answer.said);
  const fresh = rowOf(id);
  if (button === "accept" && answer.isDone) {
    // A remark stays until somebody settles it, but she was here.
    fresh.dataset.open = "false";
    refreshPreview();
    goTo(nextOpen(fresh, 1) || fresh);
  } else {
    (fresh.elements[field]?.focus ? fresh.elements[field] : wordsOf(fresh)).focus();
  }
}

/* --- Writing --- */

function insert(row, text, replaces) {
  const field = wordsOf(row);
  if (field.readOnly) return;
  field.focus();
  if (replaces) field.select();
  // Undo with Ctrl+Z works after this, unlike after setting the value.
  if (!document.execCommand("insertText", false, text)) {
    field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
}

function changed(row) {
  const id = row.dataset.segment;
  setState(row, SAYS.unsaved);
  clearTimeout(timers.get(id));
  timers.set(id, setTimeout(() => keep(rowOf(id)), KEEP_AFTER));
  clearTimeout(timers.get(`check ${id}`));
  timers.set(`check ${id}`, setTimeout(() => check(rowOf(id)), CHECK_AFTER));
}

async function check(row) {
  const field = wordsOf(row);
  const typed = field.value;
  const body = new FormData();
  body.set("words", typed);
  body.set("csrfmiddlewaretoken", row.elements.csrfmiddlewaretoken.value);
  try {
    const response = await fetch(row.dataset.check, {
      method: "POST", body, headers: { "X-Requested-With": "XMLHttpRequest" },
    });
    const place = row.querySelector("[data-findings]");
    if (response.ok && field.value === typed && !place.contains(document.activeElement)) {
      place.innerHTML = (await response.json()).html;
    }
  } catch { /* Saving says when the server is away. */ }
}

async function showHelp(row) {
  const place = row.querySelector("[data-matches]");
  if (!place || place.dataset.loaded) return;
  place.dataset.loaded = "true";
  try {
    const response = await fetch(row.dataset.help, { headers: { "X-Requested-With": "XMLHttpRequest" } });
    if (response.ok) place.innerHTML = (await response.json()).html;
  } catch { delete place.dataset.loaded; }
}

/* --- Going from row to row --- */

function nextOpen(row, step) {
  const all = rows();
  const start = row ? all.indexOf(row) : step > 0 ? -1 : all.length;
  const ordered = step > 0
    ? [...all.slice(start + 1), ...all.slice(0, Math.max(start, 0))]
    : [...all.slice(0, Math.max(start, 0)).reverse(), ...all.slice(start + 1).reverse()];
  return ordered.find(isOpen);
}

function goTo(row) {
  if (!row) {
    say(SAYS.noNext);
    return;
  }
  wordsOf(row).focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest", behavior: calm() ? "auto" : "smooth" });
}

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

function enter(row) {
  if (current === row) return;
  current = row;
  showHelp(row);
  highlight();
}

/* --- The preview --- */

const pane = editor.querySelector("[data-preview-pane]");
const frame = editor.querySelector("[data-preview-frame]");
const toggle = editor.querySelector("[data-toggle-preview]");
const HIDDEN = "translation:preview-hidden";
let waitingPreview;

function showPreview(isShown) {
  pane.hidden = !isShown;
  toggle.setAttribute("aria-pressed", isShown);
  toggle.textContent = isShown ? SAYS.hidePreview : SAYS.showPreview;
  if (isShown && !frame.src) frame.src = frame.dataset.src;
}

function refreshPreview() {
  if (!frame?.src || pane.hidden) return;
  clearTimeout(waitingPreview);
  waitingPreview = setTimeout(() => frame.contentWindow.location.reload(), 400);
}

/* The same text may be set with other spaces, quotes and dashes on the page. */
const ALIKE = [[/[\s\u00a0\u202f]/, " "], [/[„“”«»]/, '"'], [/[‘’‚]/, "'"], [/[‐‑–—]/, "-"]];

function alike(letter) {
  if (letter === "\u00ad" || letter === "\u200b" || letter === "\u2060") return "";
  return ALIKE.find(([kind]) => kind.test(letter))?.[1] || letter;
}

/* All letters of the page in one string, each with the place where it stands. */
function lettersOf(root) {
  const walker = root.ownerDocument.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  let text = "";
  const places = [];
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.parentElement.closest("script, style, template, noscript")) continue;
    for (let at = 0; at < node.data.length; at += 1) {
      const letter = alike(node.data[at]);
      if (!letter || (letter === " " && (!text || text.endsWith(" ")))) continue;
      text += letter;
      places.push([node, at]);
    }
  }
  return { text, places };
}

function find(root, wanted) {
  const words = [...wanted].map(alike).join("").replace(/ +/g, " ").trim();
  if (!words) return null;
  const { text, places } = lettersOf(root);
  const start = text.indexOf(words);
  if (start < 0) return null;
  const range = root.ownerDocument.createRange();
  range.setStart(...places[start]);
  const [node, at] = places[start + words.length - 1];
  range.setEnd(node, at + 1);
  return range;
}

function highlight() {
  const inside = frame?.contentWindow;
  if (!current || pane?.hidden || !inside?.document?.body || !inside.CSS?.highlights) return;
  inside.CSS.highlights.clear();
  const root = inside.document.querySelector("main") || inside.document.body;
  const range = find(root, current.dataset.preview) || find(inside.document.body, current.dataset.preview);
  if (!range) return;
  inside.CSS.highlights.set("segment", new inside.Highlight(range));
  for (let part = range.startContainer.parentElement; part; part = part.parentElement) {
    if (part.tagName === "DETAILS") part.open = true;
  }
  // Scrolling the element into view would scroll the list as well.
  const { top } = range.getBoundingClientRect();
  inside.scrollTo({ top: inside.scrollY + top - inside.innerHeight / 3, behavior: "instant" });
}

function previewLoaded() {
  const inside = frame.contentWindow;
  if (!inside?.document?.body || !inside.CSSStyleSheet) return;
  const sheet = new inside.CSSStyleSheet();
  sheet.replaceSync("::highlight(segment) { background-color: #ffe066; color: #1a1a1a; }");
  inside.document.adoptedStyleSheets = [...inside.document.adoptedStyleSheets, sheet];
  highlight();
}

/* --- What people do --- */

const SHORTCUTS = {
  KeyN: () => goTo(nextOpen(current, 1)),
  KeyP: () => goTo(nextOpen(current, -1)),
  Enter: () => editor.querySelector("[data-finish] button")?.focus(),
  KeyC: (row) => row.querySelector("[data-copy]")?.click(),
  KeyG: (row) => use(row.querySelector("[data-term]"), SAYS.noTerm),
  Digit1: (row) => use(row.querySelectorAll("[data-match]")[0], SAYS.noMatch),
  Digit2: (row) => use(row.querySelectorAll("[data-match]")[1], SAYS.noMatch),
  Digit3: (row) => use(row.querySelectorAll("[data-match]")[2], SAYS.noMatch),
};

function use(button, otherwise) {
  if (button) button.click();
  else say(otherwise);
}

editor.addEventListener("keydown", (event) => {
  const row = event.target.closest("[data-segment]");
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && row && event.target === wordsOf(row)) {
    event.preventDefault();
    if (!wordsOf(row).readOnly) press(row, "accept");
  }
});

document.addEventListener("keydown", (event) => {
  if (!event.altKey || !event.shiftKey || event.ctrlKey || event.metaKey) return;
  // By the key, not the letter: Alt makes other letters on many keyboards.
  const shortcut = SHORTCUTS[event.code];
  const row = current || nextOpen(null, 1) || rows()[0];
  if (!shortcut || !row) return;
  event.preventDefault();
  shortcut(row);
});

editor.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  const row = button?.closest("[data-segment]");
  if (!row) return;
  if (button.matches("[data-copy]")) {
    event.preventDefault();
    insert(row, row.querySelector("[data-source]").dataset.source, true);
    say(SAYS.copied);
  } else if (button.matches("[data-insert]")) {
    event.preventDefault();
    insert(row, button.dataset.insert, "replaces" in button.dataset);
    if (button.dataset.match) row.elements.match.value = button.dataset.match;
    say(SAYS.inserted);
  }
});

editor.addEventListener("submit", (event) => {
  const row = event.target.closest("[data-segment]");
  const button = event.submitter?.value;
  if (!row || !button) return;
  event.preventDefault();
  press(row, button);
});

editor.addEventListener("input", (event) => {
  if (event.target.matches("[data-words]")) changed(event.target.closest("[data-segment]"));
});

editor.addEventListener("focusin", (event) => {
  const row = event.target.closest("[data-segment]");
  if (row) enter(row);
});

/* Publishing waits until the last words are stored. */
editor.querySelector("[data-finish]")?.addEventListener("submit", async (event) => {
  const dirty = rows().filter(isDirty);
  if (!dirty.length) return;
  event.preventDefault();
  await Promise.all(dirty.map(keep));
  event.target.requestSubmit(event.submitter);
});

function leave() {
  for (const row of rows().filter(isDirty)) {
    if (wordsOf(row).readOnly) continue;
    localStorage.setItem(attic(row), wordsOf(row).value);
    sendNow(row, "keep", true).then((response) => response.ok && localStorage.removeItem(attic(row))).catch(() => {});
  }
}

addEventListener("pagehide", leave);
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") rows().forEach(keep);
});

function restore() {
  let isRestored = false;
  for (const row of rows()) {
    const words = localStorage.getItem(attic(row));
    localStorage.removeItem(attic(row));
    if (words === null || words === wordsOf(row).value) continue;
    wordsOf(row).value = words;
    changed(row);
    isRestored = true;
  }
  if (isRestored) say(SAYS.restored);
}

/* The bar with the progress stays below Wagtail's header, the preview below both; titles and filters make them grow. */
const header = document.querySelector("main header");
const bar = editor.querySelector(".editor-bar");
const measure = new ResizeObserver(() => {
  const top = header?.offsetHeight || 0;
  editor.style.setProperty("--editor-bar-top", `${top}px`);
  editor.style.setProperty("--editor-work-top", `${top + bar.offsetHeight + 8}px`);
});
if (header) measure.observe(header);
measure.observe(bar);

rows().forEach(remember);
restore();
if (frame) {
  toggle.hidden = false;
  frame.addEventListener("load", previewLoaded);
  toggle.addEventListener("click", () => {
    showPreview(pane.hidden);
    if (pane.hidden) localStorage.setItem(HIDDEN, "yes");
    else localStorage.removeItem(HIDDEN);
  });
  showPreview(localStorage.getItem(HIDDEN) === null);
}
if (location.hash.startsWith("#segment-")) goTo(rowOf(location.hash.slice(9)));
