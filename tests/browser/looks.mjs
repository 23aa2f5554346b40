// What is looked at on an open page. Each function returns a list of problems, empty when all is well.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TARGET_PIXELS = 44; // WCAG 2.5.5 (AAA): people with one hand, tremor or a cracked screen
const STICKY_SHARE_MOST = 0.5; // of the window's height: at 400 % zoom a pinned header must leave room to read

// axe-core with the rules that it runs by itself (WCAG A and AA, best practices) and WCAG 2.2's size of targets.
export async function axe(page) {
  if (!(await page.evaluate("typeof axe === 'object'"))) await page.evaluate(AXE);
  const violations = await page.evaluate(async () => {
    const result = await window.axe.run(document, { resultTypes: ["violations"], rules: { "target-size": { enabled: true } } });
    return result.violations.map(({ id, help, nodes }) => ({
      id,
      help,
      nodes: nodes.map((node) => `${node.target.join(" ")}: ${node.any.concat(node.all, node.none).map((check) => check.message).join("; ")}`),
    }));
  });
  return violations.map(({ id, help, nodes }) => [`${id}: ${help}`, ...nodes.slice(0, 5).map((node) => `  ${node}`), ...(nodes.length > 5 ? [`  and ${nodes.length - 5} more`] : [])].join("\n"));
}

// axe-core 4 takes the text's colour from -webkit-text-fill-color, for which Chromium computes the page's own colour even when
// the reader's is painted. So it is told the painted one.
export async function axeForced(page) {
  await page.evaluate(() => {
    const painted = [...document.body.querySelectorAll("*")].map((element) => [element, getComputedStyle(element).color]);
    for (const [element, color] of painted) element.style.webkitTextFillColor = color;
  });
  const problems = await axe(page);
  await page.evaluate(() => {
    for (const element of document.body.querySelectorAll("*")) element.style.webkitTextFillColor = "";
  });
  return problems;
}

// Nothing scrolls sideways (WCAG 1.4.10), and what stays pinned leaves room for the text.
export async function reflow(page) {
  return page.evaluate((share) => {
    const problems = [];
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) {
      const within = (element) => {
        for (let box = element.parentElement; box; box = box.parentElement) {
          if (box !== document.body && box !== root && getComputedStyle(box).overflowX !== "visible") return true;
        }
        return false;
      };
      const wide = [...document.body.querySelectorAll("*")].filter((element) => {
        const box = element.getBoundingClientRect();
        return box.width > 0 && (box.right > root.clientWidth + 1 || (root.dir === "rtl" && box.left < -1)) && !within(element);
      });
      problems.push(`the page is ${root.scrollWidth} px wide in a window of ${root.clientWidth}: ${wide.slice(0, 3).map((element) => element.outerHTML.slice(0, 120)).join(" | ")}`);
    }
    let pinned = 0;
    for (const element of document.body.querySelectorAll("*")) {
      const style = getComputedStyle(element);
      const box = element.getBoundingClientRect();
      const visible = style.visibility === "visible" && box.bottom > 0 && box.top < innerHeight;
      const sticks = style.position === "fixed" || (style.position === "sticky" && (style.top !== "auto" || style.bottom !== "auto"));
      if (visible && sticks && box.width > innerWidth / 2) pinned += Math.min(box.bottom, innerHeight) - Math.max(box.top, 0);
    }
    if (pinned > innerHeight * share) problems.push(`pinned boxes cover ${Math.round(pinned)} of ${innerHeight} px of the window's height`);
    return problems;
  }, STICKY_SHARE_MOST);
}

// With the reader's own spacing of lines, letters and words (WCAG 1.4.12) nothing is cut off and nothing scrolls sideways.
export async function spacing(page) {
  const style = await page.addStyleTag({
    content: "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-block-end: 2em !important }",
  });
  const problems = await page.evaluate(() => {
    const cut = [...document.body.querySelectorAll("*")].filter((element) => {
      const { overflowX, overflowY } = getComputedStyle(element);
      const hides = [overflowX, overflowY].some((value) => value === "hidden" || value === "clip");
      const shown = element.clientWidth > 1 && element.clientHeight > 1 && element.checkVisibility();
      return hides && shown && element.innerText?.trim() && (element.scrollHeight > element.clientHeight + 1 || element.scrollWidth > element.clientWidth + 1);
    });
    return cut.slice(0, 5).map((element) => `cut off: ${element.outerHTML.slice(0, 120)}`);
  });
  problems.push(...(await reflow(page)));
  await style.evaluate((element) => element.remove());
  return problems;
}

// Links and buttons of the header are large enough for a thumb. Menus that are closed are opened first.
export async function targets(page) {
  return page.evaluate((least) => {
    const header = document.querySelector("body > header, [role=banner]");
    if (!header) return ["the page has no header"];
    const menus = [...header.querySelectorAll("details:not([open])")];
    for (const menu of menus) menu.open = true;
    const problems = [];
    for (const element of header.querySelectorAll("a[href], button, input, select, summary")) {
      const box = element.getBoundingClientRect();
      const seen = element.checkVisibility() && box.width > 1 && box.right > 0 && box.bottom > 0;
      if (seen && (box.width < least - 0.5 || box.height < least - 0.5)) {
        problems.push(`${element.textContent.trim().slice(0, 40) || element.outerHTML.slice(0, 60)}: ${box.width.toFixed(1)} × ${box.height.toFixed(1)} px, needs ${least}`);
      }
    }
    for (const menu of menus) menu.open = false;
    return problems;
  }, TARGET_PIXELS);
}

// What the focused element looks like, and what the one before it looks like without focus.
function focusState() {
  const looks = (element) => {
    const style = getComputedStyle(element);
    return [style.outlineStyle === "none" ? "none" : `${style.outlineStyle} ${style.outlineWidth} ${style.outlineColor}`, style.boxShadow, style.backgroundColor, style.borderColor, style.textDecorationLine, style.textDecorationThickness].join(" / ");
  };
  const focused = document.activeElement;
  const before = window.pamphletFocus;
  const state = { none: focused === document.body || focused === null, before: before && { looked: before.looked, looks: looks(before.element), name: before.name } };
  if (!state.none) {
    const box = focused.getBoundingClientRect();
    state.name = `<${focused.localName}> ${(focused.textContent || "").trim().slice(0, 40)}`;
    state.href = focused.getAttribute("href");
    const line = focused.getClientRects()[0] ?? box;
    const hit = document.elementFromPoint(line.left + line.width / 2, line.top + line.height / 2);
    state.covered = hit !== null && !hit.contains(focused) && !focused.contains(hit) ? hit.outerHTML.slice(0, 80) : null;
    state.inWindow = box.width > 1 && box.height > 1 && box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth;
    window.pamphletFocus = { element: focused, looked: looks(focused), name: state.name };
  } else {
    window.pamphletFocus = undefined;
  }
  return state;
}

// Tab by Tab: the first stop is the skip link and it works; every stop is in the window and looks different with focus.
export async function keyboard(page, stopsMost) {
  const problems = [];
  await page.evaluate(() => {
    window.scrollTo(0, 0);
    window.pamphletFocus = undefined;
    document.activeElement?.blur();
  });
  for (let stop = 1; stop <= stopsMost; stop += 1) {
    await page.keyboard.press("Tab");
    const state = await page.evaluate(focusState);
    if (state.before && state.before.looked === state.before.looks) problems.push(`${state.before.name}: looks the same with and without focus`);
    if (state.none) break;
    if (!state.inWindow) problems.push(`${state.name}: has the focus outside the window`);
    if (state.inWindow && state.covered) problems.push(`${state.name}: has the focus under ${state.covered}`);
    if (stop === 1) {
      const target = await page.evaluate((href) => href?.startsWith("#") && document.getElementById(href.slice(1))?.closest("main, [role=main]") !== null, state.href);
      if (!state.href?.startsWith("#") || !target) problems.push(`the first Tab reaches ${state.name}, not a skip link into main`);
    }
  }
  return problems;
}

// The skip link takes the focus to the main part: the next Tab must stop inside or after it, not in the header.
export async function skipLink(page) {
  await page.evaluate(() => document.activeElement?.blur());
  await page.keyboard.press("Tab");
  if (!(await page.evaluate(() => document.activeElement?.getAttribute("href")?.startsWith("#")))) return ["there is no skip link"];
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  const passed = await page.evaluate(() => {
    const main = document.querySelector("main, [role=main]");
    const here = document.activeElement;
    return main !== null && (here === document.body || main.contains(here) || Boolean(main.compareDocumentPosition(here) & Node.DOCUMENT_POSITION_FOLLOWING));
  });
  return passed ? [] : ["after the skip link, the next Tab stops before the main part"];
}

// With scripts off the page has its heading, its text and its menu; `text` is what the page says with scripts on.
export async function withoutScript(page, text) {
  const seen = await page.evaluate(() => ({
    heading: document.querySelector("h1")?.checkVisibility() ?? false,
    text: document.querySelector("main")?.innerText.trim() ?? "",
    links: [...document.querySelectorAll("nav a[href]")].filter((link) => link.checkVisibility() || link.closest("details")?.querySelector("summary")?.checkVisibility()).length,
  }));
  const problems = [];
  if (!seen.heading) problems.push("no visible h1");
  if (seen.text !== text) problems.push(`the main part reads differently: ${seen.text.length} characters instead of ${text.length}`);
  if (seen.links === 0) problems.push("no link of a menu can be reached");
  return problems;
}

// The meaning of each word of the glossary opens by the keyboard, stands in the window, and closes with Escape.
export async function meanings(page) {
  const problems = [];
  for (const term of await page.locator("[popovertarget]").all()) {
    const word = await term.innerText();
    await term.focus();
    await page.keyboard.press("Enter");
    const box = await page.evaluate(() => {
      const open = document.querySelector(":popover-open");
      const place = open?.getBoundingClientRect();
      return open && { text: open.innerText.trim(), inside: place.left >= 0 && place.right <= innerWidth && place.top >= 0 && place.bottom <= innerHeight };
    });
    if (!box?.text) problems.push(`${word}: opens no meaning`);
    if (box && !box.inside) problems.push(`${word}: its meaning reaches out of the window`);
    await page.keyboard.press("Escape");
    if ((await page.locator(":popover-open").count()) > 0) problems.push(`${word}: Escape does not close its meaning`);
  }
  return problems;
}

// No line may end between a word of the glossary, which is a button, and the full stop behind it.
export const stops = (page) => page.evaluate(() => [...document.querySelectorAll(".kept")]
  .filter((kept) => getComputedStyle(kept).whiteSpace !== "nowrap")
  .map((kept) => `${kept.querySelector("button").innerText}: a line may end before the mark behind it`));

export const mainText = (page) => page.evaluate(() => document.querySelector("main")?.innerText.trim() ?? "");
