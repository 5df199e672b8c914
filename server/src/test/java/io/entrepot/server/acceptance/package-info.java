// SPDX-License-Identifier: Apache-2.0
/**
 * What the doors promise, asked of a running server over HTTP as a stranger's program would: one
 * class for each group of promises. Nothing here looks inside the server; only its clock is set.
 *
 * <p>A door has a list of checks in {@code src/test/resources/acceptance}, and {@code @Check} on a
 * test names those that it shows. {@code CheckListTest} prints the lists with their tests, and
 * fails where a check has none. A new door adds its list.
 */
@NullMarked
package io.entrepot.server.acceptance;

import org.jspecify.annotations.NullMarked;
