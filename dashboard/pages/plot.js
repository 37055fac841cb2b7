// Draws a Plotly figure into a node that stays, so that the next figure changes the one that is there.
const CONFIG = { displayModeBar: false, scrollZoom: false, doubleClick: false };

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
  const [from, to] = (quarter ? [quarter * 3 - 2, quarter * 3] : [month, month])
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

export default function ({ data, parentElement }) {
  const node = parentElement.querySelector(".plot");
  const { data: traces, layout } = JSON.parse(data.figure);
  node.setAttribute("aria-label", data.alt);
  node.classList.toggle("pick", Boolean(data.pick));
  if (data.pick) { // the label under the pointer says what a click does; no tag may stand in a script
    const [line, end] = ["br>", "extra>"].map((tag) => "<" + tag);
    traces.forEach((t) => { t.hovertemplate = t.hovertemplate?.replace(end, line + data.pick.hint + end); });
  }
  node.style.height = `${layout.height}px`;
  node.burdenLayout = layout;
  load(new URL(data.source, document.baseURI)).then(() => {
    if (node.burdenLayout !== layout || !node.isConnected) return; // a newer figure came meanwhile, or the page was left
    layout.width = node.clientWidth || layout.width;
    return Plotly.react(node, traces, layout, CONFIG);
  }).then(() => {
    node.burdenDrawn = layout;
    node.removeAllListeners?.("plotly_click");
    if (data.pick) node.on?.("plotly_click", (event) => choose(event, data.pick));
  });
  if (!node.burdenSized) {
    node.burdenSized = new ResizeObserver(() => {
      const width = node.clientWidth; // 0 when the page that it stood on is left
      if (width && node.burdenDrawn === node.burdenLayout && width !== node.burdenLayout.width) {
        node.burdenLayout.width = width;
        Plotly.relayout(node, { width });
      }
    });
    node.burdenSized.observe(node);
  }
}
