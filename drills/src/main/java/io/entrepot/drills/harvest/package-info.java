// SPDX-License-Identifier: Apache-2.0
/**
 * Drills of bringing files in: what is killed, cut, full, growing or doubled loses nothing and
 * shows nothing half done.
 */
@NullMarked
package io.entrepot.drills.harvest;

import org.jspecify.annotations.NullMarked;
