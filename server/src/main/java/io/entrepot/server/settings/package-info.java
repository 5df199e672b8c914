// SPDX-License-Identifier: Apache-2.0
/**
 * What an operator can set: one tree of records, read once at start; and the data directory.
 *
 * <p>Owns the names, defaults and checks of every setting. Unknown keys are errors. Knows no
 * feature; features are handed the record they need.
 */
@NullMarked
package io.entrepot.server.settings;

import org.jspecify.annotations.NullMarked;
