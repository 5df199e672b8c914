// SPDX-License-Identifier: Apache-2.0
/**
 * The pages under {@code /ui/}: HTML made on the server, for people.
 *
 * <p>A page asks the same services as the REST doors and decides nothing they do not. What a
 * template shows is prepared here as words and figures, so that templates hold no logic. Every form
 * and link works without a script; scripts only spare a reload. Nothing is loaded from elsewhere,
 * and nothing inline.
 */
@NullMarked
package io.entrepot.server.web;

import org.jspecify.annotations.NullMarked;
