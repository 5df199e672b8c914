// SPDX-License-Identifier: Apache-2.0
"use strict";

const viewer = document.getElementById("viewer");

// Its search would start a worker from a blob and its fonts would come from another host.
Redoc.init(
  viewer.dataset.source,
  { disableSearch: true, theme: { typography: { fontFamily: "system-ui, sans-serif", headings: { fontFamily: "system-ui, sans-serif" } } } },
  viewer,
);
