// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.entrepot.server.web;

import org.jspecify.annotations.NullMarked;
