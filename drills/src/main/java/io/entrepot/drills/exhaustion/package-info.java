// SPDX-License-Identifier: Apache-2.0
/**
 * What a server does when something runs out: room on a disk, a disk that works, patience with
 * callers, file handles, threads, memory.
 *
 * <p>A server may refuse then, soon and in words; it may not lose, damage or hang.
 */
@NullMarked
package io.entrepot.drills.exhaustion;

import org.jspecify.annotations.NullMarked;
