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

function choose(event) {
  const code = [event.points[0]?.customdata].flat()[0];
  if (!/^\d{6}$/.test(code ?? "")) return;
  const address = new URL(location.href);
  address.searchParams.set("region", code);
  history.pushState({}, "", address);
  window.dispatchEvent(new PopStateEvent("popstate", { state: {} }));
}

export default function ({ data, parentElement }) {
  const node = parentElement.querySelector(".plot");
  const { data: traces, layout } = JSON.parse(data.figure);
  node.setAttribute("aria-label", data.alt);
  node.style.height = `${layout.height}px`;
  node.burdenLayout = layout;
  load(new URL(data.source, document.baseURI)).then(() => {
    if (node.burdenLayout !== layout || !node.isConnected) return; // a newer figure came meanwhile, or the page was left
    layout.width = node.clientWidth || layout.width;
    return Plotly.react(node, traces, layout, CONFIG);
  }).then(() => {
    node.burdenDrawn = layout;
    node.removeAllListeners?.("plotly_click");
    if (data.pick) node.on?.("plotly_click", choose);
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
