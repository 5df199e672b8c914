// SPDX-License-Identifier: Apache-2.0
"use strict";

let viewer = document.getElementById("viewer");

// Its search would start a worker from a blob and its fonts, and the picture at its foot,
// would come from another host: such a picture is not shown.
const set = Element.prototype.setAttribute;
HTMLImageElement.prototype.setAttribute = function (name, value) {
  const elsewhere = name === "src" && new URL(value, location.href).host !== location.host && !value.startsWith("data:");
  if (elsewhere) this.hidden = true;
  else set.call(this, name, value);
};

// The colours of the pages, as the tokens of the theme say them.
const colours = () => {
  const tokens = getComputedStyle(document.documentElement);
  const of = (name) => tokens.getPropertyValue(`--${name}`).trim();
  const ours = {
    primary: { main: of("accent") },
    success: { main: of("ok") },
    warning: { main: of("warn") },
    error: { main: of("bad") },
    gray: { 50: of("well"), 100: of("line") },
    text: { primary: of("ink"), secondary: of("ink-2") },
    border: { dark: of("line-2"), light: of("line") },
    responses: {
      success: { color: of("ok"), backgroundColor: of("ok-soft"), tabTextColor: of(dark() ? "ok" : "ok-line") },
      error: { color: of("bad"), backgroundColor: of("bad-soft"), tabTextColor: of(dark() ? "bad" : "bad-line") },
      redirect: { color: of("warn"), backgroundColor: of("warn-soft"), tabTextColor: of(dark() ? "warn" : "warn-line") },
      info: { color: of("run"), backgroundColor: of("run-soft"), tabTextColor: of(dark() ? "run" : "run-line") },
    },
  };
  return {
    colors: ours,
    schema: { linesColor: of("line-2"), typeNameColor: of("ink-2"), typeTitleColor: of("ink"), requireLabelColor: of("bad"), nestedBackground: of("well"), arrow: { color: of("ink-2") } },
    sidebar: { backgroundColor: of("page"), textColor: of("ink"), activeTextColor: of("accent") },
    // It writes on code in white, so that the samples stand on dark in both themes.
    rightPanel: { backgroundColor: dark() ? of("well") : of("ink"), textColor: dark() ? of("ink") : of("sheet"), servers: { overlay: { backgroundColor: of("card"), textColor: of("ink") }, url: { backgroundColor: of("well") } } },
    fab: { backgroundColor: of("card"), color: of("accent") },
    typography: {
      fontFamily: "system-ui, sans-serif",
      headings: { fontFamily: "system-ui, sans-serif" },
      code: { color: of("ink"), backgroundColor: of("well") },
      links: { color: of("accent"), visited: of("accent"), hover: of("accent-2") },
    },
  };
};

// Its colours are baked in when it is made, so that another theme needs another one.
const show = () => {
  const fresh = viewer.cloneNode(false);
  viewer.replaceWith(fresh);
  viewer = fresh;
  Redoc.init(viewer.dataset.source, { disableSearch: true, theme: colours() }, viewer);
};
show();
system.addEventListener("change", show);
