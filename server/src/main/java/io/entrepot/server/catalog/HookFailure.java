// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.catalog;

import io.entrepot.base.Id;
import java.time.Instant;

/**
 * What a hook after a transfer could not do for a file. The copy is not touched by it.
 *
 * @param hookName as it was called when it failed
 * @param error one line for each thing it could not do
 * @param since when it failed first
 */
public record HookFailure(Id file, Id hook, String hookName, String error, Instant since) {}
