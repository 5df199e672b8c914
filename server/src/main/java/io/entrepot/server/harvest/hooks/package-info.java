// SPDX-License-Identifier: Apache-2.0
/**
 * What a lab may say about each file: leave it out, send it elsewhere, read metadata from its name,
 * let people see it.
 *
 * <p>Hooks judge names, sizes and metadata. They never see bytes and never change a record
 * themselves; a run does what they say.
 */
@NullMarked
package io.entrepot.server.harvest.hooks;

import org.jspecify.annotations.NullMarked;
