// SPDX-License-Identifier: Apache-2.0
/**
 * What the doors promise, asked of a running server over HTTP as a stranger's program would: one
 * class for each group of promises. Nothing here looks inside the server.
 */
@NullMarked
package io.entrepot.server.acceptance;

import org.jspecify.annotations.NullMarked;
