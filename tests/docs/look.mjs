// Every page of the site made of the docs, at a desk in light and on a phone in dark colours: axe-core, and nothing scrolls sideways.
// node look.mjs FOLDER

import { axe, reflow } from "../browser/looks.mjs";
import { inTabs, launch, readPages, serveSite } from "../browser/site.mjs";
import { Suite } from "../lib/suite.mjs";

const LOOKS = [[1280, "light"], [320, "dark"]];

const suite = new Suite();
const folder = process.argv[2];
const pages = await readPages(folder);
const site = await serveSite(folder, pages);
const browser = await launch();
await inTabs(pages, async () => {
  const context = await browser.newContext({ reducedMotion: "reduce", bypassCSP: true });
  const page = await context.newPage();
  const look = async ({ file, path }) => {
    await page.goto(`${site.origin}${site.basePath}${path}`, { waitUntil: "load" });
    for (const [width, colorScheme] of LOOKS) {
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme });
      suite.check(`${file}: axe, ${width} px, ${colorScheme}`, await axe(page));
      suite.check(`${file}: nothing scrolls sideways at ${width} px`, await reflow(page));
    }
  };
  return { look, close: () => context.close() };
});
await browser.close();
await site.close();
suite.end();
