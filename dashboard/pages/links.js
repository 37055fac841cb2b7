// Follows links and searches of the dashboard inside the running session, and closes open menus; installed once a page load.
if (!window.burdenLinks) {
  window.burdenLinks = true;
  const open = () => document.querySelectorAll("details.menu[open], details.pop[open]");
  const show = (address) => {
    history.pushState({}, "", address);
    window.dispatchEvent(new PopStateEvent("popstate", { state: {} }));
  };
  // A link that is followed by keyboard is drawn anew: who followed it goes on from the same place, not from the top.
  let kept = 0;
  document.addEventListener("pointerdown", () => { kept += 1; });
  const keepPlace = (anchor, page) => {
    const menu = anchor.closest("[data-menu]")?.dataset.menu;
    const place = menu && !page ? `[data-menu="${CSS.escape(menu)}"] summary` : "#main";
    const until = Date.now() + 20000, turn = kept += 1;
    const look = () => {
      const lost = document.activeElement === document.body;
      if (turn !== kept || (!lost && !document.activeElement.matches(place) && document.activeElement !== anchor)) return;
      if (lost) document.querySelector(place)?.focus({ preventScroll: !page });
      if (Date.now() < until) setTimeout(look, 100);
    };
    look();
  };
  document.addEventListener("click", (event) => {
    if (event.target.closest("a.skip")) {
      event.preventDefault();
      return document.getElementById("main")?.focus();
    }
    const inside = event.target.closest("details.menu, details.pop");
    open().forEach((box) => { if (box !== inside) box.removeAttribute("open"); });
    const anchor = event.target.closest("a[data-in]");
    if (!anchor || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (!anchor.closest(".calendar")) open().forEach((box) => box.removeAttribute("open"));
    const page = new URL(location.href).pathname !== new URL(anchor.href).pathname;
    show(anchor.href);
    if (!event.detail) keepPlace(anchor, page);
    if (page) document.querySelector("[data-testid=stMain]")?.scrollTo(0, 0);
  });
  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-in]");
    if (!form) return;
    event.preventDefault();
    const address = new URL(form.getAttribute("action"), location.href);
    const fields = [...new FormData(form)].filter(([, value]) => value.trim());
    address.search = new URLSearchParams(fields).toString();
    show(address.href);
  });
  document.addEventListener("toggle", (event) => {
    event.target.querySelectorAll?.("input[data-address], input[data-frame]").forEach((box) => {
      const address = new URL(box.dataset.address ?? box.dataset.frame, location.href).href.replace(/"/g, "%22");
      // No tag may stand in a script: what cleans the page would drop the whole of it.
      const [open, end] = ["iframe src", "/iframe"].map((tag) => "<" + tag);
      box.value = box.dataset.address ? address : `${open}="${address}" width="720" height="520" loading="lazy">${end}>`;
    });
  }, true);
  document.addEventListener("focusin", (event) => {
    if (event.target.matches?.("input[data-address], input[data-frame]")) event.target.select();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    open().forEach((box) => { box.removeAttribute("open"); box.querySelector("summary").focus(); });
  });
}
