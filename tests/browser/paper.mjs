// What comes out of the printer: the text of a page's PDF against what the page says.

import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const run = promisify(execFile);

// Words alone: line ends, hyphens at line ends, quotes and bullets differ between a PDF's text and the page's.
const words = (text) => text.normalize("NFKC").replace(/-\n/g, "-").toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
// Around Arabic vowel signs pdftotext puts spaces into words: there, letter by letter and without the signs. The two letters of
// a lam-alef ligature come out in either order, depending on the versions of Chromium and poppler: there, in one order.
const inOneOrder = (word) => word.replace(/[لاأإآ]{2,}/g, (run) => [...run].sort().join(""));
const letters = (text) => words(text.normalize("NFKC").replace(/[\u064B-\u0652]/g, "")).flatMap((word) => [...inOneOrder(word)]);

// True when `wanted` stands in `printed` in order and nearly together: running heads of a page break and printed link targets
// may come in between.
function contains(printed, wanted) {
  const span = Math.ceil(wanted.length * 1.5) + 80;
  for (let start = printed.indexOf(wanted[0]); start >= 0; start = printed.indexOf(wanted[0], start + 1)) {
    let at = 0;
    for (let index = start; index < printed.length && index < start + span && at < wanted.length; index += 1) {
      if (printed[index] === wanted[at]) at += 1;
    }
    if (at === wanted.length) return true;
  }
  return false;
}

// Runs `work` with the PDF as a file.
async function withFile(pdf, work) {
  const holder = await mkdtemp(join(tmpdir(), "paper-"));
  try {
    const file = join(holder, "page.pdf");
    await writeFile(file, pdf);
    return await work(file, holder);
  } finally {
    await rm(holder, { recursive: true });
  }
}

async function textOf(file) {
  const { stdout } = await run("pdftotext", ["-layout", file, "-"], { maxBuffer: 1 << 26 });
  return stdout.split("\f").slice(0, -1);
}

// What the QR codes of the printed sheets say.
async function codesOf(file, holder) {
  await run("pdftoppm", ["-r", "100", "-gray", file, join(holder, "sheet")]);
  const pictures = (await readdir(holder)).filter((name) => name.endsWith(".pgm")).sort().map((name) => join(holder, name));
  const { stdout } = await run("zbarimg", ["--quiet", "--raw", "--nodbus", ...pictures]).catch((error) => error);
  return (stdout ?? "").split("\n").filter((line) => line);
}

// What every sheet of the page must show in its margins, by name.
function marginWords(strings, parts) {
  const texts = { "the title": strings.title, "the clinic": strings.clinic, "who to call": strings.call, "reference, version, review dates, edition": strings.facts };
  return Object.entries(texts).map(([name, text]) => [name, parts(text)]);
}

// Each word stands somewhere on the sheet: margin boxes are printed side by side, so their lines are mixed.
function marginProblems(sheets, strings, parts) {
  const problems = [];
  sheets.forEach((sheet, index) => {
    const there = new Set(parts(sheet));
    for (const [name, wanted] of marginWords(strings, parts)) {
      const lost = wanted.filter((word) => !there.has(word));
      if (lost.length) problems.push(`sheet ${index + 1} of ${sheets.length} lacks ${name}: ${lost.join(" ")}`);
    }
  });
  return problems;
}

// The last line above the foot of a sheet is no heading, no caption and no head of a table.
function strandedProblems(sheets, heads, call, parts) {
  const foot = parts(call.split("\n")[0]).join(" ");
  const known = new Set(heads.map((head) => parts(head).join(" ")));
  return sheets.flatMap((sheet, index) => {
    const lines = sheet.split("\n").map((line) => parts(line).join(" ")).filter((line) => line);
    const end = lines.findLastIndex((line) => line.startsWith(foot));
    const last = lines[(end < 0 ? lines.length : end) - 1] ?? "";
    return known.has(last) ? [`sheet ${index + 1} of ${sheets.length} ends with a heading: ${last}`] : [];
  });
}

const PAPERS = [{ name: "A4", format: "A4", large: false }, { name: "Letter", format: "Letter", large: false }, { name: "A4, large print", format: "A4", large: true }];

// Pages in whose margins something stands, on each paper; and the way back to the page.
async function sheetProblems(page) {
  const seen = await page.evaluate(() => ({
    strings: { ...document.documentElement.dataset },
    rtl: document.dir === "rtl",
    canonical: document.querySelector("link[rel=canonical]")?.href,
    heads: [...document.querySelectorAll("main :is(h1, h2, h3, h4, h5, h6, caption)")].map((head) => head.textContent),
  }));
  if (!seen.strings.title || !seen.strings.facts) return ["nothing is there for the margins of the paper"];
  const parts = seen.rtl ? letters : words;
  const problems = [];
  for (const paperKind of PAPERS) {
    await page.evaluate((large) => { if (large) document.documentElement.dataset.print = "large"; }, paperKind.large);
    const pdf = await page.pdf({ format: paperKind.format, preferCSSPageSize: true, printBackground: false });
    await withFile(pdf, async (file, holder) => {
      const sheets = await textOf(file);
      const found = [...marginProblems(sheets, seen.strings, parts), ...strandedProblems(sheets, seen.heads, seen.strings.call, parts)];
      const codes = await codesOf(file, holder);
      if (codes.length !== 1 || codes[0] !== seen.canonical) found.push(`the QR code says ${codes.join(", ") || "nothing"}, not ${seen.canonical}`);
      problems.push(...found.map((problem) => `${paperKind.name}: ${problem}`));
    });
  }
  await page.evaluate(() => { delete document.documentElement.dataset.print; });
  return problems;
}

// A table that is wider than the paper loses no letter on it: its own letters are counted, between the margins.
const LETTER = "\u0416";
const WIDTHS = { A4: 595, Letter: 612 }; // points
const SIDE = 42; // points: somewhat less than the margin beside the text

export async function wideTables(page) {
  const problems = [];
  for (const [format, large] of [["A4", false], ["Letter", false], ["A4", true], ["Letter", true]]) {
    const there = await page.evaluate(({ word, isLarge }) => {
      const row = (cell) => `<tr>${`<${cell}>${word}</${cell}>`.repeat(isLarge ? 5 : 9)}</tr>`;
      const box = document.createElement("div");
      box.className = isLarge ? "table table-wide-large" : "table table-wide";
      box.innerHTML = `<table><thead>${row("th")}</thead><tbody>${row("td")}</tbody></table>`;
      if (isLarge) document.documentElement.dataset.print = "large";
      for (const other of document.querySelectorAll("main > *, .content > *")) if (!other.matches(".content")) other.style.display = "none";
      (document.querySelector(".content") ?? document.querySelector("main")).prepend(box);
      return box.textContent.length;
    }, { word: LETTER.repeat(14), isLarge: large });
    const area = ["-x", String(SIDE), "-y", "0", "-W", String(WIDTHS[format] - 2 * SIDE), "-H", "842"];
    const shown = await withFile(await page.pdf({ format, preferCSSPageSize: true, printBackground: false }), async (file) => (await run("pdftotext", [...area, file, "-"])).stdout);
    const count = shown.split(LETTER).length - 1;
    if (count !== there) problems.push(`${format}${large ? ", large print" : ""}: of ${there} letters of a wide table ${count} are printed`);
    await page.evaluate(() => {
      delete document.documentElement.dataset.print;
      document.querySelector(".table:is(.table-wide, .table-wide-large)").remove();
      for (const other of document.querySelectorAll("main > *, .content > *")) other.style.display = "";
    });
  }
  return problems;
}

// `emergency` is the number that every sheet must show.
export async function paper(page, emergency) {
  const answers = await page.evaluate(() => {
    for (const box of document.querySelectorAll("[popover]")) box.remove(); // opened by a press: never on paper
    return [...document.querySelectorAll(".faq-item")].map((item) => ({
      question: item.querySelector("h2, h3, h4, h5, h6, summary")?.textContent ?? "",
      answer: item.querySelector(".faq-answer")?.textContent ?? "",
    }));
  });
  const heading = await page.evaluate(() => document.querySelector("h1")?.textContent ?? "");
  // As from the print dialog: no background colours, and its margins where the style sheet sets none.
  const margin = { top: "10mm", right: "10mm", bottom: "10mm", left: "10mm" };
  const sheets = await withFile(await page.pdf({ preferCSSPageSize: true, printBackground: false, margin }), textOf);
  const parts = await page.evaluate(() => document.dir) === "rtl" ? letters : words;
  const printed = parts(sheets.join("\n"));
  const problems = [];
  if (!contains(printed, parts(heading))) problems.push(`the heading is not printed: ${heading}`);
  for (const { question, answer } of answers) {
    if (!contains(printed, parts(question))) problems.push(`a question is not printed: ${question}`);
    if (parts(answer).length === 0 || !contains(printed, parts(answer))) problems.push(`the answer is not printed: ${question}`);
  }
  const digits = emergency.replace(/\D/g, "");
  sheets.forEach((sheet, index) => {
    if (!sheet.replace(/(?<=\d)[\s()./-]+(?=\d)/g, "").includes(digits)) problems.push(`sheet ${index + 1} of ${sheets.length} lacks the emergency number ${emergency}`);
  });
  problems.push(...(await sheetProblems(page)));
  return problems;
}
