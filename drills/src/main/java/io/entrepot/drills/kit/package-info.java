// SPDX-License-Identifier: Apache-2.0
/**
 * What every drill works with: how a server is started and worked, the journal of what it
 * acknowledged, the auditor's judgement, how far a drill has come.
 *
 * <p>Owns the sizes, the seed and the state file. Must never know one drill.
 */
@NullMarked
package io.entrepot.drills.kit;

import org.jspecify.annotations.NullMarked;
