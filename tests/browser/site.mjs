// A built site as the suites that open it in Chromium see it: its pages, where it is published, the browser.

import { readFile, readdir } from "node:fs/promises";
import { join, relative } from "node:path";
import { chromium } from "playwright-core";
import { serve } from "./server.mjs";

export const TABS = 2; // at a time, on any machine: what a small one has cores for
const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium-headless-shell";
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

export const launch = (flags = []) => chromium.launch({ executablePath: CHROMIUM, args: [...FLAGS, ...flags] });

async function htmlFiles(folder) {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith(".html"));
  return files.map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name))).sort();
}

// Pages to look at: their file, path and direction, and whether they have questions and cards. Those that only redirect are left out.
export async function readPages(folder) {
  const pages = [];
  const some = new RegExp(process.env.PAGES ?? "");
  for (const file of await htmlFiles(folder)) {
    const html = await readFile(join(folder, file), "utf8");
    if (/http-equiv=["']?refresh/i.test(html) || !some.test(file)) continue;
    pages.push({
      file,
      path: file.replace(/(^|\/)index\.html$/, "$1"),
      direction: /<html[^>]* dir="?rtl/.test(html) ? "rtl" : "ltr",
      faq: html.includes("faq-answer"),
      cards: html.includes("card-body"),
      canonical: /<link rel="?canonical"? href="([^"]*)"/.exec(html)?.[1],
    });
  }
  return pages;
}

// Serves the folder under the path of the site's own address. Resolves to { origin, basePath, close }.
export async function serveSite(folder, pages) {
  const home = pages.find(({ file }) => file === "index.html");
  const basePath = new URL(".", home?.canonical ?? "https://example.org/").pathname;
  return { ...(await serve(folder, basePath)), basePath };
}

// Works through `items`, TABS at a time. `start` opens what a worker needs and resolves to { look, close }.
export async function inTabs(items, start) {
  const queue = [...items];
  const work = async () => {
    const worker = await start();
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) await worker.look(next);
    await worker.close();
  };
  await Promise.all(Array.from({ length: TABS }, work));
}
