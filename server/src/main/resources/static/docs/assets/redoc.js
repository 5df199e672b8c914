// SPDX-License-Identifier: Apache-2.0
"use strict";

const viewer = document.getElementById("viewer");

// Its search would start a worker from a blob and its fonts, and the picture at its foot,
// would come from another host.
const set = Element.prototype.setAttribute;
HTMLImageElement.prototype.setAttribute = function (name, value) {
  const elsewhere = name === "src" && new URL(value, location.href).host !== location.host && !value.startsWith("data:");
  if (!elsewhere) set.call(this, name, value);
};

Redoc.init(
  viewer.dataset.source,
  { disableSearch: true, theme: { typography: { fontFamily: "system-ui, sans-serif", headings: { fontFamily: "system-ui, sans-serif" } } } },
  viewer,
);
