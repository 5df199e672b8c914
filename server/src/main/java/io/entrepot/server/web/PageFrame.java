// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import org.jspecify.annotations.Nullable;

/**
 * What stands around every page.
 *
 * @param email who is signed in; null for nobody
 * @param theme light or dark; null follows the system
 * @param nextTheme what the button changes to
 * @param atWork how many jobs run or wait
 * @param unread how many notices were not read
 * @param path of this page, to come back to it
 * @param done what was done just before; null for nothing
 */
record PageFrame(
    @Nullable String email,
    boolean admin,
    @Nullable String theme,
    String nextTheme,
    long atWork,
    long unread,
    String path,
    @Nullable String done) {}
