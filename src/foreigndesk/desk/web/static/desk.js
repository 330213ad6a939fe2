// What scripts add to the pages: charts, keys, theme, live progress. All pages do without.
"use strict";
(() => {
  const root = document.documentElement;
  const remembered = (name) => { try { return localStorage.getItem("foreigndesk-" + name); } catch { return null; } };
  const remember = (name, value) => { try { localStorage.setItem("foreigndesk-" + name, value); } catch { /* no storage */ } };
  const dark = () => (root.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";

  // ---- theme
  const button = document.querySelector("[data-theme-button]");
  if (button) {
    button.hidden = false;
    button.addEventListener("click", () => {
      root.dataset.theme = dark() ? "light" : "dark";
      remember("theme", root.dataset.theme);
      drawAll();
    });
  }
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => drawAll());

  // ---- charts: Vega draws, by its interpreter (the content security policy forbids eval)
  const figures = [...document.querySelectorAll("figure.chart")];
  const script = (src) => new Promise((done, failed) => {
    const made = document.createElement("script");
    made.src = src; made.onload = done; made.onerror = failed;
    document.head.append(made);
  });
  let library = null;
  const loaded = () => library ??= (async () => {
    for (const name of ["vega", "vega-lite", "vega-embed"]) await script(`/static/vendor/${name}.min.js`);
  })();
  const config = (isDark) => {
    const ink = isDark ? "#e6e4df" : "#1c1f23", soft = isDark ? "#a9adb3" : "#555b63", line = isDark ? "#363a40" : "#d9d6cf";
    const text = { labelColor: soft, titleColor: soft, labelFontSize: 11, titleFontSize: 11, titleFontWeight: "normal" };
    return {
      background: null, font: "system-ui, 'DejaVu Sans', sans-serif", title: { color: ink },
      axis: { ...text, gridColor: line, domainColor: soft, tickColor: soft }, legend: text,
      view: { stroke: null },
    };
  };
  const inked = (spec, isDark) => {
    const copy = structuredClone(spec);
    for (const signal of copy.signals || []) if (signal.name === "ink") signal.value = isDark ? "#e6e4df" : "#1c1f23";
    return copy;
  };
  const tooltip = { disableDefaultStyle: true };
  const draw = async (figure, target, isDark) => {
    figure.spec ??= await (await fetch(figure.dataset.spec)).json();
    return vegaEmbed(target, inked(figure.spec, isDark), {
      actions: false, ast: true, renderer: "svg", defaultStyle: false, tooltip, config: config(isDark),
    });
  };
  const drawOne = async (figure) => {
    try {
      await loaded();
      const made = await draw(figure, figure.querySelector(".drawing"), dark());
      figure.view = made.view;
      figure.dataset.drawn = "yes";
    } catch (error) {
      figure.querySelector(".drawing").textContent = "The chart could not be drawn; its figures are under CSV.";
      console.error(error);
    }
  };
  function drawAll() { for (const figure of figures) if (figure.dataset.drawn) drawOne(figure); }
  const seen = new IntersectionObserver((entries) => {
    for (const entry of entries) if (entry.isIntersecting) { seen.unobserve(entry.target); drawOne(entry.target); }
  }, { rootMargin: "200px" });
  for (const figure of figures) {
    seen.observe(figure);
    for (const save of figure.querySelectorAll("[data-save]")) save.addEventListener("click", async () => {
      await loaded();
      const aside = document.createElement("div");
      aside.className = "unseen";
      document.body.append(aside);
      const made = await draw(figure, aside, false);
      if (figure.view) made.view.width(figure.view.width()), await made.view.runAsync();
      const address = await made.view.toImageURL(save.dataset.save, 2);
      const link = document.createElement("a");
      link.href = address; link.download = `${figure.dataset.name}.${save.dataset.save}`;
      link.click();
      made.finalize(); aside.remove();
    });
  }

  // ---- filters stand open where there is room
  const wide = matchMedia("(min-width: 901px)");
  const open = () => { for (const d of document.querySelectorAll("[data-wide-open]")) d.open = wide.matches; };
  open(); wide.addEventListener("change", open);
  for (const form of document.querySelectorAll("form.filters, form.inline, form.quick")) {
    form.addEventListener("submit", () => { for (const f of form.elements) if (f.name && !f.value) f.disabled = true; });
  }
  addEventListener("pageshow", () => { for (const f of document.querySelectorAll("form [disabled]")) f.disabled = false; });
  for (const box of document.querySelectorAll("[data-toggle]")) {
    box.addEventListener("change", () => document.body.classList.toggle(box.dataset.toggle, box.checked));
  }
  for (const field of document.querySelectorAll("[data-remember]")) {
    field.value = field.value || remembered(field.dataset.remember) || "";
    field.addEventListener("change", () => remember(field.dataset.remember, field.value));
  }

  // ---- keys
  const rows = () => [...document.querySelectorAll("[data-row]")].filter((row) => row.querySelector(".main"));
  const step = (by) => {
    const all = rows();
    if (!all.length) return;
    const at = all.findIndex((row) => row.classList.contains("here"));
    const to = all[Math.max(0, Math.min(all.length - 1, at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by))];
    for (const row of all) row.classList.toggle("here", row === to);
    to.querySelector(".main").focus();
    to.scrollIntoView({ block: "nearest" });
  };
  addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, select, textarea");
    if (event.ctrlKey || event.metaKey || event.altKey || typing) {
      if (typing && event.key === "Escape") event.target.blur();
      return;
    }
    const own = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (own) { event.preventDefault(); own.click(); return; }
    if (event.key === "/") { event.preventDefault(); document.getElementById("quick")?.focus(); }
    if (event.key === "j") step(1);
    if (event.key === "k") step(-1);
    if (event.key === "o") document.querySelector("[data-row].here .main")?.click();
  });

  // ---- work under way: server-sent events
  for (const job of document.querySelectorAll(".job")) {
    if (["done", "failed"].includes(job.dataset.state)) continue;
    const stream = new EventSource(`/jobs/${job.dataset.job}/events`);
    stream.onmessage = (message) => {
      const told = JSON.parse(message.data);
      for (const part of job.querySelectorAll("[data-part]")) part.textContent = told[part.dataset.part].toLocaleString("en");
      job.className = `job ${told.state}`;
      job.dataset.state = told.state;
      if (["done", "failed"].includes(told.state)) stream.close();
    };
  }
  const upload = document.querySelector("[data-upload]");
  if (upload) {
    const files = upload.querySelector("input[type=file]");
    upload.addEventListener("dragover", (event) => { event.preventDefault(); upload.classList.add("over"); });
    upload.addEventListener("dragleave", () => upload.classList.remove("over"));
    upload.addEventListener("drop", (event) => {
      event.preventDefault(); upload.classList.remove("over"); files.files = event.dataTransfer.files;
    });
    upload.addEventListener("submit", (event) => {
      const size = [...files.files].reduce((sum, file) => sum + file.size, 0);
      files.setCustomValidity(size > Number(upload.dataset.most) ? "These files are larger than one upload may be." : "");
      if (!files.reportValidity()) event.preventDefault();
    });
    files.addEventListener("change", () => files.setCustomValidity(""));
  }
})();
