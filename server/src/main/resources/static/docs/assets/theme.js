// SPDX-License-Identifier: Apache-2.0
"use strict";

// The theme that was chosen on the pages, or the system's. Swagger UI looks for a class of its own.
const chosen = document.cookie.match(/(?:^|; )entrepot_theme=(light|dark)/)?.[1];
const system = matchMedia("(prefers-color-scheme: dark)");
const dark = () => (chosen ?? (system.matches ? "dark" : "light")) === "dark";
if (chosen) document.documentElement.dataset.theme = chosen;
const mark = () => document.documentElement.classList.toggle("dark-mode", dark());
mark();
system.addEventListener("change", mark);
