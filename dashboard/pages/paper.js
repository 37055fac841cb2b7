// Before the page is printed: lays it out as wide as paper.css says, draws the figures for that width, and writes the head and
// foot of each sheet. A page with alerts, the overview, is scaled to fit one sheet.
if (!window.burdenPaper) {
  window.burdenPaper = true;
  const MM = 96 / 25.4, WIDTH = (210 - 24) * MM, HEIGHT = (297 - 28) * MM;
  const root = document.documentElement, margins = document.createElement("style");
  document.head.append(margins);

  const draw = () => document.querySelectorAll(".plot").forEach((plot) => {
    if (plot.layout && plot.clientWidth && plot.clientWidth !== plot.layout.width) {
      window.Plotly.relayout(plot, { width: plot.clientWidth });
    }
  });
  const words = (selector) => document.querySelector(selector)?.innerText.replace(/\s+/g, " ").trim() ?? "";

  addEventListener("beforeprint", () => {
    const box = (place, content) => `@${place} { content: ${content}; font-size: 7pt; color: #52606D; }`;
    const head = [document.querySelector(".brand")?.textContent, words(".head h1"), words(".head span")].filter(Boolean).join(" · ");
    const state = [words(".facts"), words(".synthetic")].filter(Boolean).join(" · ");
    margins.textContent = `@page { ${box("top-left", JSON.stringify(head))} ${box("top-right", JSON.stringify(words(".synthetic")))}
      ${box("bottom-left", JSON.stringify(state))} ${box("bottom-right", 'counter(page) " / " counter(pages)')} }`;
    root.classList.add("paper");
    draw();
    const main = document.querySelector("[data-testid=stMainBlockContainer]");
    const scale = WIDTH / main.offsetWidth, fits = document.querySelector(".alertblock") ? HEIGHT / (1.05 * main.offsetHeight) : 1;
    root.style.setProperty("--scale", Math.min(scale, fits).toFixed(4));
  });
  addEventListener("afterprint", () => {
    root.classList.remove("paper");
    draw();
  });
}
