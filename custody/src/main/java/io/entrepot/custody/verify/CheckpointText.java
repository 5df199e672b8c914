// SPDX-License-Identifier: Apache-2.0
package io.entrepot.custody.verify;

/**
 * What claims to be a checkpoint.
 *
 * @param origin where it was found, for a person: a file name, or which row
 */
public record CheckpointText(String origin, String text) {}
