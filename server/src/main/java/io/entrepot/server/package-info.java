// SPDX-License-Identifier: Apache-2.0
/**
 * The server: where it starts, and how its rooms are wired together.
 *
 * <p>One package per feature lies below; what may import what is written in {@code
 * docs/architecture.md} and held by a test. Nothing here decides anything about data.
 */
@NullMarked
package io.entrepot.server;

import org.jspecify.annotations.NullMarked;
