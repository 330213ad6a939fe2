// Before the page is drawn: the theme that the reader chose here, if one was chosen.
"use strict";
try {
  const chosen = localStorage.getItem("foreigndesk-theme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
} catch { /* no storage: the system's theme */ }
