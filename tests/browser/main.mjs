// Opens every page of a built site once and looks at it in every way; a few pages also in forced colours and on paper.
// node main.mjs FOLDER

import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Suite } from "../lib/suite.mjs";
import { axe, axeForced, keyboard, mainText, meanings, reflow, skipLink, spacing, stops, targets, withoutScript } from "./looks.mjs";
import { paper, wideTables } from "./paper.mjs";
import { serve } from "./server.mjs";
import { inTabs, launch, readPages, serveSite } from "./site.mjs";

const FEW = 3; // pages that are looked at in forced colours, by every Tab stop, and on paper
const STOPS_MOST = 150; // of the Tab key on one page
const PHONE = { width: 360, height: 740 };
const DESKTOP = { width: 1280, height: 900 };
const NARROW = { width: 320, height: 640 };
const ZOOMED = { width: 320, height: 256 }; // a window of 1280 × 1024 at 400 %

// Of the pages, those with the most to go wrong: questions, then cards, then the first.
const few = (pages) => [...pages].sort((a, b) => b.faq - a.faq || b.cards - a.cards || a.file.length - b.file.length).slice(0, FEW);

// The number in clinic.yaml of the source, as `emergency: number:`.
async function emergencyNumber() {
  const top = join(dirname(fileURLToPath(import.meta.url)), "../..");
  const yaml = await readFile(join(process.env.SOURCE ?? top, "content/clinic.yaml"), "utf8");
  const number = /^emergency:\s*\n(?:[ \t]+.*\n)*?[ \t]+number:\s*["']?([^"'\n]+)/m.exec(yaml);
  if (!number) throw new Error("content/clinic.yaml has no emergency number");
  return number[1].trim();
}

// Collects what the browser complains about: console errors, failed requests, requests to elsewhere.
function listen(page, origin) {
  const heard = [];
  page.on("console", (message) => message.type() === "error" && heard.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => heard.push(`script: ${error.message}`));
  page.on("requestfailed", (request) => heard.push(`failed: ${request.url()} ${request.failure()?.errorText}`));
  page.on("response", (response) => response.status() >= 400 && !response.request().isNavigationRequest() && heard.push(`status ${response.status()}: ${response.url()}`));
  page.on("request", (request) => !request.url().startsWith(`${origin}/`) && !request.url().startsWith("data:") && heard.push(`request to elsewhere: ${request.url()}`));
  return heard;
}

class Looker {
  constructor(suite, browser, site) {
    Object.assign(this, { suite, browser, ...site });
  }

  async open() {
    const reduced = { reducedMotion: "reduce" }; // a colour halfway through a transition is nobody's fault
    this.context = await this.browser.newContext({ ...reduced, bypassCSP: true });
    this.quiet = await this.browser.newContext({ ...reduced, javaScriptEnabled: false });
    this.page = await this.context.newPage();
    this.still = await this.quiet.newPage();
    this.heard = listen(this.page, this.origin);
    return this;
  }

  async look({ file, path }, inDepth) {
    const { page, suite } = this;
    const url = this.origin + this.basePath + path;
    this.heard.length = 0;
    await page.emulateMedia({ colorScheme: "light", forcedColors: "none" });
    await page.setViewportSize(DESKTOP);
    const response = await page.goto(url, { waitUntil: "load" });
    suite.check(`${file}: status`, response.status() === 200 ? [] : [response.status()]);
    const text = await mainText(page);
    suite.check(`${file}: keyboard`, await keyboard(page, inDepth ? STOPS_MOST : 2));
    for (const [width, viewport] of [["desktop", DESKTOP], ["phone", PHONE]]) {
      await page.setViewportSize(viewport);
      for (const colorScheme of ["light", "dark"]) {
        await page.emulateMedia({ colorScheme });
        suite.check(`${file}: axe, ${width}, ${colorScheme}`, await axe(page));
      }
    }
    suite.check(`${file}: targets in the header on a phone`, await targets(page));
    suite.check(`${file}: spaced text on a phone`, await spacing(page));
    for (const [name, viewport] of [["320 px", NARROW], ["400 %", ZOOMED]]) {
      await page.setViewportSize(viewport);
      suite.check(`${file}: nothing scrolls sideways at ${name}`, await reflow(page));
    }
    if (inDepth) await this.lookDeeper(file);
    suite.check(`${file}: browser's complaints`, [...new Set(this.heard)]);
    await this.still.goto(url, { waitUntil: "load" });
    await this.still.setViewportSize(DESKTOP);
    suite.check(`${file}: works without scripts`, await withoutScript(this.still, text));
    await this.still.setViewportSize(PHONE);
    suite.check(`${file}: meanings of words, without scripts, on a phone`, await meanings(this.still));
    suite.check(`${file}: full stops stay with their words`, await stops(page));
  }

  async lookDeeper(file) {
    const { page, suite } = this;
    await page.setViewportSize(DESKTOP);
    suite.check(`${file}: skip link`, await skipLink(page));
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme, forcedColors: "active" });
      suite.check(`${file}: axe, forced colours, ${colorScheme}`, await axeForced(page));
    }
    await page.emulateMedia({ colorScheme: "light", forcedColors: "none" });
    suite.check(`${file}: paper`, await paper(page, this.emergency));
    suite.check(`${file}: wide tables on paper`, await wideTables(page));
  }

  async close() {
    await this.context.close();
    await this.quiet.close();
  }
}

// Shows that every look finds its fault on a page that has them all.
async function checkFixture(suite, browser) {
  const server = await serve(join(dirname(fileURLToPath(import.meta.url)), "fixtures"), "/");
  const faults = new Faults();
  const looker = await new Looker(faults, browser, { origin: server.origin, basePath: "/", emergency: "911" }).open();
  await looker.look({ file: "fixture", path: "" }, true);
  await looker.close();
  await server.close();
  for (const [name, problems] of faults.found) {
    suite.check(`the fault is found by ${name}`, problems.length > 0 ? [] : ["nothing was reported"]);
  }
  const complaints = faults.found.get("fixture: browser's complaints").join("\n");
  const kinds = ["console: a complaint", "status 404", "request to elsewhere"];
  suite.check("the browser's complaints are heard", kinds.filter((kind) => !complaints.includes(kind)));
}

// Stands in for a Suite where findings are wanted; the page's own status is no fault.
class Faults {
  found = new Map();

  check(name, problems) {
    if (!name.endsWith(": status")) this.found.set(name, problems);
  }
}

async function main() {
  const folder = process.argv[2];
  const suite = new Suite();
  const pages = await readPages(folder);
  const server = await serveSite(folder, pages);
  const browser = await launch();
  await checkFixture(suite, browser);
  const site = { origin: server.origin, basePath: server.basePath, emergency: await emergencyNumber() };
  const deep = new Set(few(pages));
  await inTabs(pages, async () => {
    const looker = await new Looker(suite, browser, site).open();
    const look = (page) => looker.look(page, deep.has(page)).catch((error) => suite.check(`${page.file}: the browser`, [error.stack]));
    return { look, close: () => looker.close() };
  });
  await browser.close();
  await server.close();
  suite.end();
}

await main();
