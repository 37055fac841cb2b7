// Shows the nodes of a sheet (dashboard/pages/sheet.py): HTML, boxes and Plotly figures. Nodes of the view before stay, and only
// what differs is changed; figures off the screen wait until the browser has nothing else to do.
const CONFIG = { displayModeBar: false, scrollZoom: false, doubleClick: false };
// Of the width that a figure was made for; those that are tables too have words beside each other, placed in px.
const LEAST = 0.78, LEAST_TABLE = 0.92, ENOUGH = 920, PX = 300;

function load(source) {
  window.burdenPlotly ??= new Promise((done, failed) => {
    if (window.Plotly) return done();
    const script = document.createElement("script");
    script.src = source;
    script.onload = done;
    script.onerror = failed;
    document.head.append(script);
  });
  return window.burdenPlotly;
}

// What a click on a mark sets in the address: the region whose code it carries, or the month or quarter below it.
function find(point, pick) {
  const code = [point?.customdata].flat()[0];
  if (pick.of === "region") return /^\d{6}$/.test(code ?? "") ? { region: code } : null;
  const [, year, quarter, month] = /^(\d\d)-(?:Q([1-4])|(\d\d))$/.exec(point?.x ?? "") ?? [];
  if (!year) return null;
  const whole = quarter ?? (pick.of === "quarter" && Math.ceil(month / 3));
  const [from, to] = (whole ? [whole * 3 - 2, whole * 3] : [month, month])
    .map((m) => `20${year}-${String(m).padStart(2, "0")}`);
  return { from: from < pick.first ? pick.first : from, to: to > pick.last ? pick.last : to };
}

function choose(event, pick) {
  const found = find(event.points[0], pick);
  if (!found) return;
  const address = new URL(location.href);
  Object.entries(found).forEach(([key, value]) => address.searchParams.set(key, value));
  history.pushState({}, "", address);
  window.dispatchEvent(new PopStateEvent("popstate", { state: {} }));
}

// Values are escaped where the HTML is written; nothing that could run is let through here all the same.
function clean(html) {
  const made = document.createElement("template");
  made.innerHTML = html;
  made.content.querySelectorAll("script, iframe, object, embed, base, meta, link").forEach((node) => node.remove());
  made.content.querySelectorAll("*").forEach((node) => {
    for (const { name, value } of [...node.attributes]) {
      if (name.startsWith("on") || /^\s*javascript:/i.test(value)) node.removeAttribute(name);
    }
  });
  return made.content;
}

function kindOf(node) {
  return node.figure ? `figure ${node.key}` : node.inside ? `box ${node.css}` : "html";
}

function make(node) {
  const made = document.createElement("div");
  made.burdenKind = kindOf(node);
  made.className = node.figure ? "plot" : node.css ?? "";
  if (node.figure) made.setAttribute("role", "img");
  if (node.share) made.style.flexGrow = node.share;
  return made;
}

function fill(host, nodes, source) {
  nodes.forEach((node, i) => {
    let place = host.children[i];
    if (place?.burdenKind !== kindOf(node)) {
      const made = make(node);
      place ? place.replaceWith(made) : host.append(made);
      place = made;
    }
    if (node.figure) plan(place, node, source);
    else if (node.inside) fill(place, node.inside, source);
    else if (place.burdenHtml !== node.html) place.replaceChildren(clean((place.burdenHtml = node.html)));
  });
  while (host.children.length > nodes.length) host.lastElementChild.remove();
}

// A figure takes its room at once, so that nothing below it moves when it is drawn.
function plan(place, node, source) {
  place.setAttribute("aria-label", node.alt);
  place.burdenPick = node.pick;
  if (place.burdenFigure === node.figure) return;
  place.burdenFigure = node.figure;
  place.setAttribute("aria-busy", "true");
  const figure = JSON.parse(node.figure);
  place.classList.toggle("pick", Boolean(node.pick));
  if (node.pick) { // the label under the pointer says what a click does; no tag may stand in a script
    const [line, end] = ["br>", "extra>"].map((tag) => "<" + tag);
    figure.data.forEach((t) => { t.hovertemplate = t.hovertemplate?.replace(end, line + node.pick.hint + end); });
  }
  place.style.height = `${figure.layout.height}px`;
  load(source).then(() => {
    const { top, bottom } = place.getBoundingClientRect();
    const show = () => {
      if (place.burdenFigure === node.figure && place.isConnected) draw(place, figure); // else a newer one came, or the page was left
    };
    if (bottom > 0 && top < innerHeight) show();
    else requestIdleCallback(show, { timeout: 2000 });
  });
}

// As wide as its place, but not so narrow that words beside each other meet: then it scrolls in itself, by finger and by key.
function widthOf(place) {
  const width = Math.max(place.clientWidth, place.burdenLeast), wide = width > place.clientWidth;
  place.classList.toggle("wide", wide);
  wide ? place.setAttribute("tabindex", "0") : place.removeAttribute("tabindex");
  return width;
}

function showEnd(place) { // of a line the latest months come first; the edge fades as long as there is more beyond it
  if (place.burdenLayout.xaxis?.type === "category") place.scrollLeft = place.scrollWidth;
  (place.onscroll = () => place.classList.toggle("end", place.scrollLeft + place.clientWidth > place.scrollWidth - 4))();
}

function draw(place, { data, layout }) {
  place.burdenLeast = Math.min(ENOUGH, Math.round(layout.width * (layout.xaxis2?.range?.[1] > PX ? LEAST_TABLE : LEAST)));
  if (place.clientWidth) layout.width = widthOf(place);
  place.burdenLayout = layout;
  Plotly.react(place, data, layout, CONFIG);
  place.removeAttribute("aria-busy");
  place.removeAllListeners("plotly_click");
  if (place.burdenPick) place.on("plotly_click", (event) => choose(event, place.burdenPick));
  if (place.classList.contains("wide")) showEnd(place);
  if (place.burdenSized) return;
  place.burdenSized = new ResizeObserver(() => {
    // No width: the page that it stood on is left. On paper, paper.js draws.
    if (!place.clientWidth || document.documentElement.classList.contains("paper")) return;
    const width = widthOf(place);
    if (width === place.burdenLayout.width) return;
    place.burdenLayout.width = width;
    Plotly.relayout(place, { width });
    if (place.classList.contains("wide")) showEnd(place);
  });
  place.burdenSized.observe(place);
}

export default function ({ data, parentElement }) {
  fill(parentElement.querySelector(".sheet"), data.nodes, new URL(data.source, document.baseURI));
}
