// SPDX-License-Identifier: Apache-2.0
/**
 * The main job, shown with nothing to set up: a simulated instrument, a real server, real harvests.
 *
 * <p>Owns the instrument's files and the telling. Does everything over HTTP, as a visitor could;
 * must never know more of the server than its API.
 */
@NullMarked
package io.entrepot.cli.demo;

import org.jspecify.annotations.NullMarked;
