// One site built with several themes, in every kind of colours and at every width: axe-core, and nothing scrolls sideways.
// node matrix.mjs FOLDER…     each folder is named after its theme
// Without FULL=1, a sample: pages of SAMPLE, such that any two of theme, colours, width, direction and page meet in one look.

import { basename } from "node:path";
import { axe, axeForced, keyboard, reflow, spacing, targets } from "../browser/looks.mjs";
import { inTabs, launch, readPages, serveSite } from "../browser/site.mjs";
import { Suite } from "../lib/suite.mjs";

const COLOURS = {
  light: { colorScheme: "light", forcedColors: "none" },
  dark: { colorScheme: "dark", forcedColors: "none" },
  "forced colours": { colorScheme: "light", forcedColors: "active" },
  "forced dark colours": { colorScheme: "dark", forcedColors: "active" },
};
const WIDTHS = { 320: 640, 768: 1024, 1280: 900 }; // with the height of such a window
const SAMPLE = ["", "side-effects/", "questions/", "contact/", "car-t/"];
const RTL_FOLDER = "ar/";
const STOPS = 25; // of the Tab key: through the header and into the text

// All ways to take one of each list: [{ name: value … }].
function product(factors) {
  return Object.entries(factors).reduce((rows, [name, values]) => rows.flatMap((row) => values.map((value) => ({ ...row, [name]: value }))), [{}]);
}

const pairs = (row) => Object.entries(row).flatMap((one, index, all) => all.slice(index + 1).map((other) => `${one} ${other}`));

// Few of the rows, in which every pair of values is met that any row has: always the row with the most new pairs.
function covering(rows) {
  const missing = new Set(rows.flatMap(pairs));
  const chosen = [];
  const gain = (row) => pairs(row).filter((pair) => missing.has(pair)).length;
  while (missing.size > 0) {
    const best = rows.reduce((most, row) => (gain(row) > gain(most) ? row : most));
    pairs(best).forEach((pair) => missing.delete(pair));
    chosen.push(best);
  }
  return chosen;
}

// What to look at: a list of { theme, path, looks: [{ colours, width }] }, so that a page is loaded once.
function plan(sites) {
  const all = { colours: Object.keys(COLOURS), width: Object.keys(WIDTHS) };
  if (process.env.FULL) {
    return sites.flatMap(({ theme, pages }) => pages.map(({ path, direction }) => ({ theme, path, direction, looks: product(all) })));
  }
  const rows = covering(product({ theme: sites.map(({ theme }) => theme), ...all, direction: ["ltr", "rtl"], page: SAMPLE }));
  const visits = new Map();
  for (const { theme, colours, width, direction, page } of rows) {
    const path = direction === "rtl" ? RTL_FOLDER + page : page;
    const key = `${theme} ${path}`;
    if (!visits.has(key)) visits.set(key, { theme, path, direction, looks: [] });
    visits.get(key).looks.push({ colours, width });
  }
  return [...visits.values()];
}

// A look at the wrong thing proves nothing: the page must be in the direction, the colours and the width that are meant.
async function meant(page, { direction }, { colours, width }) {
  const seen = await page.evaluate(() => ({
    direction: getComputedStyle(document.documentElement).direction,
    dark: matchMedia("(prefers-color-scheme: dark)").matches,
    forced: matchMedia("(forced-colors: active)").matches,
    width: innerWidth,
    styled: [...document.styleSheets].some((sheet) => sheet.href),
  }));
  const { colorScheme, forcedColors } = COLOURS[colours];
  const wanted = { direction, dark: colorScheme === "dark", forced: forcedColors === "active", width: Number(width), styled: true };
  return Object.keys(wanted).filter((name) => seen[name] !== wanted[name]).map((name) => `${name} is ${seen[name]} instead of ${wanted[name]}`);
}

async function look(suite, page, visit, { colours, width }) {
  const name = `${visit.theme} /${visit.path}, ${colours}, ${width} px`;
  await page.setViewportSize({ width: Number(width), height: WIDTHS[width] });
  await page.emulateMedia(COLOURS[colours]);
  suite.check(`${name}: what is looked at`, await meant(page, visit, { colours, width }));
  suite.check(`${name}: axe`, await (COLOURS[colours].forcedColors === "active" ? axeForced : axe)(page));
  if (colours.startsWith("forced")) return; // the reader's colours change no box
  suite.check(`${name}: nothing scrolls sideways`, await reflow(page));
  if (colours !== "light") return;
  suite.check(`${name}: spaced text`, await spacing(page));
  if (width === "320") suite.check(`${name}: targets in the header`, await targets(page));
}

async function visitPage(suite, page, site, visit) {
  const response = await page.goto(`${site.origin}${site.basePath}${visit.path}`, { waitUntil: "load" });
  suite.check(`${visit.theme} /${visit.path}: status`, response.status() === 200 ? [] : [response.status()]);
  for (const each of visit.looks) await look(suite, page, visit, each);
  suite.check(`${visit.theme} /${visit.path}: keyboard`, await keyboard(page, STOPS));
}

async function main() {
  const suite = new Suite();
  const sites = [];
  for (const folder of process.argv.slice(2)) {
    const pages = await readPages(folder);
    sites.push({ theme: basename(folder), pages, ...(await serveSite(folder, pages)) });
  }
  const browser = await launch();
  await inTabs(plan(sites), async () => {
    const context = await browser.newContext({ reducedMotion: "reduce", bypassCSP: true });
    const page = await context.newPage();
    const visit = (one) => visitPage(suite, page, sites.find(({ theme }) => theme === one.theme), one)
      .catch((error) => suite.check(`${one.theme} /${one.path}: the browser`, [error.stack]));
    return { look: visit, close: () => context.close() };
  });
  await browser.close();
  for (const { close } of sites) await close();
  suite.end();
}

await main();
