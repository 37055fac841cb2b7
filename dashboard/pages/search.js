// The search box: fetches the index when it is first used, matches in the browser, and goes where a link leads.
if (!window.burdenSearch) {
  window.burdenSearch = true;
  const KEPT = ["lang", "from", "to", "compare", "type"], MOST = 12;
  const indexes = new Map();
  let active = -1;

  const load = (box) => {
    const source = box.dataset.index;
    if (!indexes.has(source)) {
      indexes.set(source, fetch(source).then((answer) => (answer.ok ? answer.json() : [])).catch(() => {
        indexes.delete(source);
        return [];
      }));
    }
    return indexes.get(source);
  };

  const rate = (entry, words) => {
    let best = 9;
    entry.keys.forEach((key, i) => {
      const initials = i === 2;
      if (key === words) best = Math.min(best, 0);
      else if (key.startsWith(words)) best = Math.min(best, initials ? 2 : 1);
      else if (!initials && words.length > 1 && key.includes(words)) best = Math.min(best, 3);
    });
    return best;
  };

  const address = (entry) => {
    const now = new URLSearchParams(location.search), to = new URLSearchParams();
    KEPT.forEach((key) => { if (now.has(key)) to.set(key, now.get(key)); });
    if (entry.kind === "region") to.set("region", entry.code);
    else {
      if (now.has("region")) to.set("region", now.get("region"));
      to.set("indicator", entry.code);
    }
    return `./${entry.kind === "region" ? "region" : "indicators"}?${to}`;
  };

  const close = (box) => {
    const input = box.querySelector("input");
    box.querySelector(".list").replaceChildren();
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    active = -1;
  };

  const mark = (box, place) => {
    const options = box.querySelectorAll("a[role=option]"), input = box.querySelector("input");
    active = options.length ? (place + options.length) % options.length : -1;
    options.forEach((option, i) => option.setAttribute("aria-selected", String(i === active)));
    if (active < 0) return;
    options[active].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", options[active].id);
  };

  const show = async (box) => {
    const input = box.querySelector("input"), list = box.querySelector(".list");
    const words = input.value.trim().toLowerCase().replace(/ü/g, "v").replace(/\s+/g, /[a-z]/i.test(input.value) ? " " : "");
    const entries = await load(box);
    if (input.value.trim() === "") return close(box);
    const tight = words.replace(/ /g, "");
    const found = entries.map((entry, i) => [Math.min(rate(entry, words), rate(entry, tight)), i, entry])
      .filter((hit) => hit[0] < 9).sort((a, b) => a[0] - b[0] || a[2].name.length - b[2].name.length || a[1] - b[1]).slice(0, MOST);
    list.replaceChildren(...found.map(([, , entry], i) => {
      const option = document.createElement("a"), beside = document.createElement("small");
      option.id = `found-${i}`;
      option.setAttribute("role", "option");
      option.dataset.in = "";
      option.tabIndex = -1;
      option.href = address(entry);
      option.textContent = entry.name;
      beside.textContent = [entry.beside, entry.kind === "region" ? entry.code : ""].filter(Boolean).join(" · ");
      option.append(beside);
      return option;
    }));
    if (!found.length) {
      const none = document.createElement("p");
      none.textContent = box.dataset.none;
      none.setAttribute("role", "option");
      none.setAttribute("aria-disabled", "true");
      list.append(none);
    }
    input.setAttribute("aria-expanded", "true");
    mark(box, 0);
  };

  const boxOf = (event) => event.target.closest?.(".seek");
  document.addEventListener("focusin", (event) => { const box = boxOf(event); if (box) load(box); });
  document.addEventListener("input", (event) => { const box = boxOf(event); if (box) show(box); });
  document.addEventListener("click", (event) => {
    document.querySelectorAll(".seek").forEach((box) => {
      const chosen = event.target.closest?.("a[role=option]");
      if (!box.contains(event.target) || chosen) close(box);
      if (chosen && box.contains(chosen)) box.querySelector("input").value = "";
    });
  });
  document.addEventListener("keydown", (event) => {
    const box = boxOf(event);
    if (!box) {
      const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) || event.target.isContentEditable;
      const input = document.querySelector(".seek input");
      if (event.key === "/" && !typing && input) { event.preventDefault(); input.focus(); }
      return;
    }
    const options = box.querySelectorAll("a[role=option]");
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      mark(box, active + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter" && options[active]) {
      event.preventDefault();
      options[active].click();
    } else if (event.key === "Escape") {
      box.querySelector("input").value = "";
      close(box);
    }
  });
}
