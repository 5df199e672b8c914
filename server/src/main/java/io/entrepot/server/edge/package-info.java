// SPDX-License-Identifier: Apache-2.0
/**
 * HTTP plumbing shared by every door: which family a request belongs to, who may call which
 * endpoint, how a failure is told, and what is refused before a controller is asked.
 *
 * <p>Words: a <em>family</em> is one dialect of paths, errors and answers; a <em>problem</em> is a
 * failure ready to be told in any of them. Owns the endpoint table and the error shapes. Knows no
 * feature, and decides nothing about data.
 */
@NullMarked
package io.entrepot.server.edge;

import org.jspecify.annotations.NullMarked;
