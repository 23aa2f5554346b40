// What comes out of the printer: the text of a page's PDF against what the page says.

import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
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

async function textOf(pdf) {
  const holder = await mkdtemp(join(tmpdir(), "paper-"));
  try {
    await writeFile(join(holder, "page.pdf"), pdf);
    const { stdout } = await run("pdftotext", ["-layout", join(holder, "page.pdf"), "-"], { maxBuffer: 1 << 26 });
    return stdout.split("\f").slice(0, -1);
  } finally {
    await rm(holder, { recursive: true });
  }
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
  const sheets = await textOf(await page.pdf({ preferCSSPageSize: true, printBackground: false, margin }));
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
  return problems;
}
