// What an author sees in Chromium: edits without a reload by hand, the place on the page kept, style sheets swapped, mistakes
// in a panel that can be read and reached, and no complaint of the browser under the site's own policy.
// node browser.mjs ORIGIN FOLDER

import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { Suite } from "../lib/suite.mjs";
import { launch } from "../browser/site.mjs";

const WAIT = 60_000;
const axeSource = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const [origin, folder] = process.argv.slice(2);
const suite = new Suite();

const file = (name) => join(folder, name);
const read = (name) => readFile(file(name), "utf8");
const write = (name, text) => writeFile(file(name), text);
const edit = async (name, change) => write(name, change(await read(name)));

// One test of something that comes true in time. Asked again and again from here: the page's policy forbids Playwright's own
// way of waiting.
async function comes(name, page, condition) {
  let said = "";
  for (const end = Date.now() + WAIT; Date.now() < end; await page.waitForTimeout(30)) {
    try {
      if (await page.evaluate(condition)) {
        suite.check(name, []);
        return;
      }
    } catch (error) {
      said = error.message; // the page is just being loaded again
    }
  }
  suite.check(name, [`it never came; ${said}`, await page.evaluate(() => document.body.innerText)]);
}

// What the browser complains about, but for what axe-core and Playwright's pictures put into the page against its policy, and
// for the icon that the small theme lacks.
let heeds = true;
function listen(page) {
  const heard = [];
  page.on("console", (message) => {
    const icon = message.location().url.endsWith("/favicon.ico");
    if (heeds && !icon && ["error", "warning"].includes(message.type())) heard.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => heard.push(`script: ${error.message}`));
  return heard;
}

async function unheeded(work) {
  heeds = false;
  try {
    return await work();
  } finally {
    heeds = true;
  }
}

// A mark on the window tells whether the page was loaded again.
const mark = (page) => page.evaluate(() => { window.marked = true; });
const isMarked = (page) => page.evaluate(() => window.marked === true);
const panelText = () => document.getElementById("pamphlet-preview")?.shadowRoot.querySelector("section").textContent ?? "";

async function axe(page, options = {}) {
  await page.evaluate(axeSource);
  const result = await unheeded(() => page.evaluate((run) => window.axe.run(document, run), options));
  return result.violations.map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.html).join(" ")}`);
}

async function followsText(page) {
  const long = Array.from({ length: 200 }, (_, line) => `Line ${line}.\n`).join("\n");
  await write("content/one.md", `---\ntitle: One\n---\n${long}\n`);
  await comes("an edit is seen without a reload by hand", page, () => document.body.textContent.includes("Line 199."));
  await page.evaluate(() => scrollTo(0, 700));
  await mark(page);
  await write("content/one.md", `---\ntitle: One\n---\n${long}\nThe end.\n`);
  await comes("another edit", page, () => document.body.textContent.includes("The end."));
  await comes("the place on the page is kept", page, () => Math.abs(scrollY - 700) < 2);
}

async function followsOthers(page) {
  await mark(page);
  await edit("content/two.md", (text) => `${text}\nAnother text.\n`);
  const other = await page.context().newPage();
  await other.goto(`${origin}/two/`);
  await comes("another page has its edit", other, () => document.body.textContent.includes("Another text."));
  await other.close();
  await page.waitForTimeout(500);
  suite.check("a page that an edit does not change is not loaded again", (await isMarked(page)) ? [] : ["it was"]);
  await edit("content/one.md", (text) => text.replace("title: One", "title: Number one"));
  await comes("a title", page, () => document.title.includes("Number one"));
}

async function swapsStyles(page) {
  await mark(page);
  await write("themes/tiny/assets/css/theme.css", "body { color: rgb(1, 2, 3); }\n");
  await comes("a style sheet is swapped", page, () => getComputedStyle(document.body).color === "rgb(1, 2, 3)");
  suite.check("without loading the page again", (await isMarked(page)) ? [] : ["it was"]);
  await comes("the old style sheet goes", page, () => document.querySelectorAll("link[rel=stylesheet]").length === 1);
}

async function showsMistakes(page) {
  const good = await read("content/one.md");
  const before = await page.evaluate(() => document.querySelector("main").textContent);
  await write("content/one.md", `${good}\nA new line with [nothing behind it](two.md#fevr).\n`);
  await comes("a mistake: the panel says what, where and how to mend it", page, () => {
    const text = document.getElementById("pamphlet-preview")?.shadowRoot.querySelector("section").textContent ?? "";
    return text.includes("`fevr`") && text.includes("did you mean `#fever`?") && text.includes("content/one.md, line ") && text.includes("nothing behind it");
  });
  const text = await page.evaluate(panelText);
  suite.check("and how many there are", /1 mistake/.test(text) ? [] : [text]);
  suite.check("over the last good page", (await page.evaluate(() => document.querySelector("main").textContent)) === before ? [] : ["it is another"]);
  await page.waitForTimeout(300);
  suite.check("axe, the panel", await axe(page, { rules: { region: { enabled: false } } }));
  if (process.env.SHOT) await unheeded(() => page.screenshot({ path: process.env.SHOT }));
  await page.keyboard.press("Tab");
  suite.check("the panel takes no focus", (await page.evaluate(() => document.activeElement?.id !== "pamphlet-preview")) ? [] : ["it does"]);
  await page.locator("#pamphlet-preview button").click();
  suite.check("it can be put aside", (await page.evaluate(panelText)) === "" ? [] : ["it is still there"]);
  await write("content/one.md", `${good}\nAnother with {{ facts.none }}.\n`);
  await comes("it comes back with another mistake", page, () => (document.getElementById("pamphlet-preview")?.shadowRoot.textContent ?? "").includes("facts.none"));
  await page.reload();
  await comes("and after a reload", page, () => (document.getElementById("pamphlet-preview")?.shadowRoot.textContent ?? "").includes("facts.none"));
  await write("content/one.md", `${good}\nIt is mended.\n`);
  await comes("mended: the page is the new one", page, () => document.body.textContent.includes("It is mended."));
  await comes("mended: the panel is gone", page, () => !document.getElementById("pamphlet-preview")?.shadowRoot.querySelector("section").childElementCount);
}

async function showsOwnPages(page) {
  for (const path of ["/__pages", "/__messages"]) {
    await page.goto(origin + path);
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      suite.check(`axe, ${path}, ${colorScheme}`, await axe(page));
    }
  }
  await edit("content/two.md", (text) => `${text}\n[vague](lost.md)\n`);
  await comes("/__messages follows too", page, () => document.body.textContent.includes("lost.md"));
  await edit("content/two.md", (text) => text.replace("\n[vague](lost.md)\n", ""));
  await comes("and says when it is mended", page, () => !document.body.textContent.includes("lost.md"));
  await page.goto(`${origin}/__print/one/`);
  suite.check("the sheet for paper is there", (await page.textContent("body")).includes("It is mended.") ? [] : ["no"]);
}

const browser = await launch();
const context = await browser.newContext({ viewport: { width: 1000, height: 600 }, reducedMotion: "reduce" });
const page = await context.newPage();
const heard = listen(page);
await page.goto(`${origin}/one/`);
await followsText(page);
await followsOthers(page);
await swapsStyles(page);
await showsMistakes(page);
await showsOwnPages(page);
suite.check("the browser's complaints", [...new Set(heard)]);
await browser.close();
suite.end();
