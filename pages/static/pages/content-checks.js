/* What the content checker asks of a page's words. The rules and what editors are told stand in
   pages/content_checks.py; here is how each is found out. A check returns true when all is well. */

const BLOCKS = "p, li, dd, dt, td, th, h1, h2, h3, h4, h5, h6, figcaption, caption, summary, blockquote";
const FILE = /\.(pdf|docx?|odt|rtf|xlsx?|ods|csv|pptx?|odp|zip|txt)$|\/documents\/\d+\//i;
const FILE_FACTS = /(PDF|DOCX?|ODT|RTF|XLSX?|ODS|CSV|PPTX?|ODP|ZIP|TXT)[^]*\d\s*\p{L}/u;
const BARE_ADDRESS = /^(https?:\/\/|www\.)\S+$/i;
const SCRIPTS = { ar: "Arabic", be: "Cyrillic", bg: "Cyrillic", fa: "Arabic", ru: "Cyrillic", sr: "Cyrillic", uk: "Cyrillic" };

/* The words of one block, without those of blocks inside it. */
function textsOf(block) {
  const texts = [];
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode;
    if (text.parentElement.closest(BLOCKS) === block) texts.push(text);
  }
  return texts;
}

function wordsOf(element) {
  const words = textsOf(element).map((text) => text.data);
  return words.join("").replace(/\s+/g, " ").trim();
}

function plain(words) {
  return words.toLocaleLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

function languageOf(element) {
  return (element.closest("[lang]")?.lang || "en").split("-")[0];
}

function captionOf(image) {
  const caption = image.closest("figure")?.querySelector("figcaption")?.cloneNode(true);
  caption?.querySelector(".figure__credit")?.remove();
  return caption?.textContent || image.closest("[data-caption]")?.dataset.caption.split(" · ")[0] || "";
}

/* The names of months as they stand behind a day: "lipca", "July". */
function monthsOf(language) {
  const format = new Intl.DateTimeFormat(language, { day: "numeric", month: "long" });
  return [...Array(12).keys()].map((month) =>
    format.formatToParts(new Date(2026, month, 1)).find((part) => part.type === "month").value);
}

/* A hyphen between two days, two dates, two years or two hours. */
function hyphenInRange(language) {
  const months = monthsOf(language).join("|");
  const date = String.raw`\d{1,2}\.\d{1,2}\.\d{4}`;
  const ranges = [
    String.raw`\d{1,2}\.?\s?-\s?\d{1,2}(\.\d{1,2}\.\d{4}|\.?\s(${months}))`,
    String.raw`(${months})\s\d{1,2}\s?-\s?\d{1,2}`,
    String.raw`(${date}|(${months})(\s\d{4})?)\s?-\s?\d{1,2}`,
    String.raw`(1[89]|20)\d\d\s?-\s?(1[89]|20)\d\d`,
    String.raw`\d{1,2}[:.]\d{2}\s?-\s?\d{1,2}[:.]\d{2}`,
  ];
  // Beside a digit, a hyphen or a stroke it is a number of something else: a phone, a postal code, a file.
  return new RegExp(String.raw`(?<![\d\-/.])(${ranges.join("|")})(?![\d\-/])`, "iu");
}

function longestSentence(words, language) {
  const sentences = [...new Intl.Segmenter(language, { granularity: "sentence" }).segment(words)];
  const counter = new Intl.Segmenter(language, { granularity: "word" });
  const count = ({ segment }) => [...counter.segment(segment)].filter((part) => part.isWordLike).length;
  return Math.max(0, ...sentences.map(count));
}

/* As many words in a row that no voice of the page's language can read. */
function hasForeignPassage(text) {
  const script = SCRIPTS[languageOf(text.parentElement)] || "Latin";
  // Names and abbreviations in Latin letters are common in other scripts.
  const atLeast = script === "Latin" ? 2 : 5;
  const others = ["Latin", "Cyrillic", "Arabic"].filter((name) => name !== script);
  return others.some((other) =>
    new RegExp(String.raw`(\p{Script=${other}}{2,}[^\p{L}]+){${atLeast - 1}}\p{Script=${other}}{2,}`, "u").test(text.data));
}

const CHECKS = {
  "is-never-right": () => false,

  "has-lead": () => Boolean(document.querySelector("main .lead")?.textContent.trim()),

  "alt-says-other-than-caption": (image) => !image.alt || plain(image.alt) !== plain(captionOf(image)),

  "alt-is-short": (image, options) => image.alt.length <= options.characters,

  "link-says-where": (link, options) => {
    const words = link.getAttribute("aria-label") || link.textContent.trim() || link.querySelector("img")?.alt || "";
    return !options.vague.includes(plain(words)) && !BARE_ADDRESS.test(words);
  },

  "file-link-says-what": (link) => !FILE.test(new URL(link.href, location).pathname) || FILE_FACTS.test(link.textContent),

  "heading-is-short": (heading, options) => heading.textContent.trim().length <= options.characters,

  "table-has-caption": (table) => Boolean(table.querySelector("caption")?.textContent.trim()),

  "foreign-passage-says-so": (block) => !textsOf(block).some(hasForeignPassage),

  "range-has-dash": (block) => !hyphenInRange(languageOf(block)).test(wordsOf(block)),

  "sentences-are-short": (block, options) => longestSentence(wordsOf(block), languageOf(block)) <= options.words,

  "no-shouting": (block) => !/\p{Lu}{4,}[\s,!–-]+\p{Lu}{4,}|\p{Lu}{10,}/u.test(wordsOf(block)),
};

for (const [name, check] of Object.entries(CHECKS)) window.wagtail.userbar.registerCheck(name, check);
