// Runs in the tab before a sheet is printed (print/scripts.h). Sheets themselves may run no script.
(async () => {
  const MILLIMETRE = 96 / 25.4;
  const PAPERS = { a4: [210, 297], letter: [215.9, 279.4] };
  const root = document.documentElement;
  const styles = new Map();
  const styleOf = (element) => {
    if (!styles.has(element)) styles.set(element, getComputedStyle(element));
    return styles.get(element);
  };
  const shown = (element) => element.getClientRects().length > 0;
  const inline = (element) => /^(inline|contents)$/.test(styleOf(element).display);
  const fold = (text) => text.replace(/\u00AD/g, "").replace(/[ \t\r\n]+/g, " ").trim();

  // What an element says. A box inside a heading (the label of a card) is a word of its own.
  const words = (element) => {
    let text = "";
    let last = null;
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.nodeType === Node.ELEMENT_NODE) {
        if (node.localName === "img" && node.alt) text += ` ${node.alt} `;
        continue;
      }
      const parent = node.parentElement;
      if (!shown(parent)) continue;
      if (last && last !== parent && !(inline(last) && inline(parent))) text += " ";
      text += node.data;
      last = parent;
    }
    return fold(text);
  };

  // Not by decode(): that may wait for a window to be painted, and these are hidden. Events and timers rest with the sheet's
  // scripts; a small picture in the making lets what is under way go on.
  const canBeShown = async (picture) => {
    while (!picture.complete) await createImageBitmap(new ImageData(1, 1));
    if (!picture.naturalWidth || /^data:image\/svg/.test(picture.src)) return picture.naturalWidth > 0;
    return createImageBitmap(picture).then(() => true, () => false);
  };

  // The page's own area in pixels; the style sheet says what the margins take.
  const measure = () => {
    const probe = document.createElement("div");
    probe.style.cssText = "position: absolute; padding: var(--margin)";
    document.body.append(probe);
    const { paddingTop, paddingRight, paddingBottom, paddingLeft } = getComputedStyle(probe);
    const [width, height] = PAPERS[root.dataset.paper] || PAPERS.a4;
    const area = {
      width: width * MILLIMETRE - parseFloat(paddingLeft) - parseFloat(paddingRight),
      height: height * MILLIMETRE - parseFloat(paddingTop) - parseFloat(paddingBottom),
    };
    probe.remove();
    return area;
  };

  // --- tables that are too wide become lists ---

  const isSimple = (table) => {
    const cells = [...table.querySelectorAll("th, td")];
    const heads = table.tHead && table.tHead.rows.length === 1 ? table.tHead.rows[0].cells.length : 0;
    return heads > 0 && !table.querySelector("table") && cells.every((cell) => cell.colSpan === 1 && cell.rowSpan === 1)
      && [...table.rows].every((row) => row.cells.length <= heads);
  };
  const isTooWide = (box) => box.getBoundingClientRect().width > box.parentElement.clientWidth + 1;

  const makeLine = (cell, head) => {
    const line = document.createElement("p");
    if (head && cell.localName !== "th") {
      const label = document.createElement("strong");
      label.textContent = `${head}: `;
      line.append(label, ...cell.childNodes);
    } else {
      const title = document.createElement("strong");
      title.append(...cell.childNodes);
      line.append(title);
    }
    return line;
  };
  // An item a row; each cell says after which head it stands.
  const makeList = (table) => {
    const box = document.createElement("div");
    const list = document.createElement("ul");
    const heads = [...table.tHead.rows[0].cells].map((cell) => fold(cell.textContent));
    box.className = "table-list";
    if (table.caption) {
      const caption = document.createElement("p");
      caption.id = table.caption.id;
      caption.className = "table-title";
      caption.append(...table.caption.childNodes);
      box.append(caption);
    }
    for (const row of [...table.tBodies].flatMap((body) => [...body.rows])) {
      const item = document.createElement("li");
      for (const [column, cell] of [...row.cells].entries())
        if (cell.childNodes.length) item.append(makeLine(cell, heads[column]));
      if (item.firstChild) list.append(item);
    }
    box.append(list);
    table.replaceWith(box);
  };

  // --- what paper cannot show well ---

  const centimetres = (pixels) => (pixels / MILLIMETRE / 10).toFixed(1);
  const nameOf = (box) => {
    const heading = box.querySelector("h1, h2, h3, h4, h5, h6, caption, figcaption");
    return words(heading || box).slice(0, 80);
  };
  const tall = (area) => [...document.querySelectorAll(".card, .summary, .task, .faq-item, figure")]
    .filter((box) => box.getBoundingClientRect().height > area.height + 1)
    .map((box) => ({ kind: "tall", what: nameOf(box), is: centimetres(box.getBoundingClientRect().height), most: centimetres(area.height) }));
  const wide = (area) => [...document.querySelectorAll("table, pre")]
    .filter((box) => shown(box) && Math.max(box.getBoundingClientRect().width, box.scrollWidth) > area.width + 1)
    .map((box) => ({ kind: "wide", what: nameOf(box), is: centimetres(Math.max(box.getBoundingClientRect().width, box.scrollWidth)), most: centimetres(area.width) }));
  const cut = () => [...document.querySelectorAll(".wallet-card:not([aria-hidden])")]
    .filter((card) => card.scrollHeight > card.clientHeight + 1)
    .map((card) => ({ kind: "cut", what: words(card).slice(0, 80), is: centimetres(card.scrollHeight), most: centimetres(card.clientHeight) }));
  const DOTS_LEAST = 150;
  const coarse = () => [...document.images]
    .filter((picture) => shown(picture) && picture.naturalWidth && !/^data:image\/svg/.test(picture.src))
    .map((picture) => ({ picture, dots: Math.round(picture.naturalWidth / (picture.getBoundingClientRect().width / 96)) }))
    .filter(({ dots }) => dots < DOTS_LEAST)
    .map(({ picture, dots }) => ({ kind: "coarse", what: picture.alt || "decorative", is: String(dots), most: centimetres(picture.getBoundingClientRect().width) }));
  // What tells a card from others without any colour: its words, its sign, the shape of its border.
  const shapeOf = (card) => {
    const box = styleOf(card);
    const label = card.querySelector(".card-label");
    const icon = card.querySelector(".icon, svg");
    const sides = ["Top", "Right", "Bottom", "Left"].map((side) => box[`border${side}Width`] + box[`border${side}Style`]);
    return [label && shown(label) ? words(label) : "", icon && shown(icon) ? icon.innerHTML : "", ...sides].join("|");
  };
  const merging = () => {
    const kinds = new Map();
    for (const card of document.querySelectorAll(".card")) {
      const kind = [...card.classList].find((name) => name.startsWith("card-"));
      if (kind && shown(card)) kinds.set(kind, shapeOf(card));
    }
    return [...kinds].flatMap(([kind, shape], at) => [...kinds].slice(0, at).filter(([, other]) => other === shape)
      .map(([other]) => ({ kind: "grey", what: kind, is: other, most: "" })));
  };

  // --- all text that is shown, a text node each, white space as it stands in its block of text; a block ends with a space ---

  const allTexts = () => {
    const found = [];
    const lines = new Map();
    const blockOf = (element) => {
      const alone = !inline(element) || /^d[td]$/.test(element.localName); // a term and its meaning on one line are two things
      if (!lines.has(element)) lines.set(element, alone ? element : blockOf(element.parentElement));
      return lines.get(element);
    };
    let block = null;
    let space = true; // the block begins, or its text so far ends with a space
    let pending = false; // a space that stands between two elements
    const end = () => {
      if (block && found.length) found[found.length - 1] = `${found[found.length - 1].trimEnd()} `;
      space = true;
      pending = false;
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.nodeType === Node.ELEMENT_NODE) {
        if (node.localName === "br") pending = !space;
        continue;
      }
      const parent = node.parentElement;
      if (!shown(parent)) continue;
      if (blockOf(parent) !== block) {
        end();
        block = blockOf(parent);
      }
      let text = node.data.replace(/[ \t\r\n\f]+/g, " ");
      if (space || pending) text = text.trimStart();
      if (text === "" || text === " ") {
        pending = pending || (text === " " && !space);
        continue;
      }
      found.push((pending ? " " : "") + text);
      space = text.endsWith(" ");
      pending = false;
    }
    end();
    return found;
  };

  // --- in this order ---

  // Chromium 156 keeps `lang` of elements with a role alone; a `group` is a Div for it.
  for (const element of document.querySelectorAll("body div[lang], body span[lang], body bdi[lang]"))
    if (!element.hasAttribute("role")) element.setAttribute("role", "group");
  for (const rule of document.querySelectorAll("hr")) rule.setAttribute("aria-hidden", "true");
  await document.fonts.ready;
  const broken = [];
  for (const picture of document.images)
    if (!await canBeShown(picture)) broken.push(picture.alt || picture.src.slice(0, 80));
  const area = measure();
  root.style.width = `${area.width}px`;
  for (const box of document.querySelectorAll(".table")) box.classList.remove("table-wide", "table-wide-large"); // words stay whole in a list
  const tables = [...document.querySelectorAll("table")].filter((table) => shown(table) && isTooWide(table) && isSimple(table));
  tables.forEach(makeList);
  const findings = [...tall(area), ...wide(area), ...cut(), ...coarse(), ...merging()];
  const headings = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].filter(shown)
    .map((heading) => ({ level: Number(heading.localName[1]), text: words(heading) }));
  const links = [...document.querySelectorAll("a[href]")].filter(shown)
    .map((link) => ({ href: link.href, text: link.getAttribute("aria-label") || words(link) }));
  const texts = allTexts();
  root.style.width = "";
  return { headings, links, broken, findings, texts };
})();
