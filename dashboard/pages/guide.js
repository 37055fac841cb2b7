// The tour: steps beside what they speak of. Offered once on a first visit; installed once a page load.
if (!window.burdenGuide) {
  window.burdenGuide = true;
  const root = document.documentElement, seen = "burden.guide";
  try { // a browser that keeps nothing offers nothing
    if (!localStorage.getItem(seen) && window.top === window) root.classList.add("first-visit");
    localStorage.setItem(seen, "1");
  } catch { /* kept out of storage */ }

  const make = (tag, name, words = "") => {
    const node = document.createElement(tag);
    node.className = name;
    node.textContent = words;
    return node;
  };
  let tour = null;

  const place = () => {
    if (!tour) return;
    const box = tour.target.getBoundingClientRect();
    const left = Math.max(box.left - 6, 4), right = Math.min(box.right + 6, root.clientWidth - 4);
    Object.assign(tour.spot.style, {
      left: `${left}px`, top: `${box.top - 6}px`, width: `${right - left}px`, height: `${box.height + 12}px`,
    });
  };

  const close = () => {
    if (!tour) return;
    const { spot, card, opener } = tour;
    tour = null;
    spot.remove();
    card.remove();
    if (opener?.isConnected && opener.offsetParent) opener.focus();
    else document.querySelector("button.how")?.focus();
  };

  const show = (at) => {
    const { steps, words, card } = tour;
    tour.at = at;
    tour.target = document.querySelector(steps[at].at);
    if (!tour.target) return close();
    const title = make("h2", "", steps[at].title), buttons = make("div", "steps");
    title.id = "guide-title";
    buttons.append(make("span", "", `${at + 1} / ${steps.length}`));
    if (at) buttons.append(button("back", words.back));
    if (at + 1 < steps.length) buttons.append(button("next", words.next));
    buttons.append(button("close", words.close));
    card.replaceChildren(title, make("p", "", steps[at].text), buttons);
    tour.target.scrollIntoView({ block: "center" });
    place();
    card.querySelector(`[data-guide=${at + 1 < steps.length ? "next" : "close"}]`).focus({ preventScroll: true });
  };

  const button = (step, words) => {
    const node = make("button", "", words);
    node.type = "button";
    node.dataset.guide = step;
    return node;
  };

  const start = (opener) => {
    const { steps, ...words } = JSON.parse(document.querySelector(".guide").dataset.tour);
    const known = steps.filter((step) => document.querySelector(step.at));
    close();
    if (!known.length) return;
    const spot = make("div", "guide-spot"), card = make("div", "guide-card");
    card.setAttribute("role", "dialog");
    card.setAttribute("aria-labelledby", "guide-title");
    document.body.append(spot, card);
    tour = { steps: known, words, spot, card, opener };
    show(0);
  };

  document.addEventListener("click", (event) => {
    const step = event.target.closest("[data-guide]")?.dataset.guide;
    if (!step) return;
    root.classList.remove("first-visit");
    if (step === "start") start(event.target);
    else if (step === "next" || step === "back") show(tour.at + (step === "next" ? 1 : -1));
    else close();
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
  document.addEventListener("scroll", place, true);
  window.addEventListener("resize", place);
  window.addEventListener("popstate", close);
}
