// SPDX-License-Identifier: Apache-2.0
/** Drills of the ledger: whoever changes it is found out. */
@NullMarked
package io.entrepot.drills.custody;

import org.jspecify.annotations.NullMarked;
