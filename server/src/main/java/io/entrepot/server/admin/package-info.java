// SPDX-License-Identifier: Apache-2.0
/**
 * Commands that an operator gives on the machine of the server: {@code admin} and {@code doctor}.
 *
 * <p>They work on the data directory and the settings, with the server stopped or running, and
 * start no part of it. Each is a room of its own below. Changes nothing that it was not asked to.
 */
@NullMarked
package io.entrepot.server.admin;

import org.jspecify.annotations.NullMarked;
