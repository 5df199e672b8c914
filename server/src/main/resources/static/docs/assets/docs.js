// SPDX-License-Identifier: Apache-2.0
"use strict";

const viewer = document.getElementById("viewer");

SwaggerUIBundle({
  url: viewer.dataset.source,
  domNode: viewer,
  deepLinking: true,
  validatorUrl: null,
});
